package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogFramesTests {
    private static final String TIME = "2026-01-31T13:00:00.123456789Z";
    private static final String LATER = "2026-01-31T13:00:01.000000000Z";

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    private LogFramesTests frame(int stream, String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        answer.writeBytes(ByteBuffer.allocate(8)
                .put(0, (byte) stream)
                .putInt(4, message.length)
                .array());
        answer.writeBytes(message);
        return this;
    }

    private List<LoggedLine> lines(boolean framed) throws IOException {
        LogFrames frames = new LogFrames(new ByteArrayInputStream(answer.toByteArray()), framed);
        List<LoggedLine> lines = new ArrayList<>();
        for (Optional<LoggedLine> line = frames.next(); line.isPresent(); line = frames.next()) {
            lines.add(line.get());
        }
        return lines;
    }

    private static LoggedLine line(String time, String text) {
        return new LoggedLine(Instant.parse(time), text);
    }

    @Test
    void takesTheTimeOffEachLine() throws IOException {
        frame(1, TIME + " one\n").frame(2, LATER + " two\r\n").frame(1, LATER + " \n");

        assertThat(lines(true)).containsExactly(line(TIME, "one"), line(LATER, "two"), line(LATER, ""));
    }

    @Test
    void putsALineTogetherThatCameInPiecesAndAcrossAnother() throws IOException {
        frame(1, TIME + " long ").frame(2, LATER + " other\n").frame(1, LATER + " er\n");

        assertThat(lines(true)).containsExactly(line(LATER, "other"), line(TIME, "long er"));
    }

    @Test
    void givesWhatStandsThereWithoutALineEnd() throws IOException {
        frame(1, TIME + " one\n").frame(1, LATER + " half");

        assertThat(lines(true)).containsExactly(line(TIME, "one"), line(LATER, "half"));
    }

    @Test
    void cutsALineThatDoesNotEnd() throws IOException {
        frame(1, TIME + " " + "x".repeat(LogFrames.LONGEST))
                .frame(1, TIME + " yyy")
                .frame(1, TIME + " z\n");
        frame(1, LATER + " next\n");

        assertThat(lines(true)).containsExactly(line(TIME, "x".repeat(LogFrames.LONGEST)), line(LATER, "next"));
    }

    @Test
    void readsTheLogOfATerminal() throws IOException {
        answer.writeBytes((TIME + " one\r\n" + LATER + " two\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(lines(false)).containsExactly(line(TIME, "one"), line(LATER, "two"));
    }

    @Test
    void refusesWhatIsNoFrame() {
        answer.writeBytes("{\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> lines(true)).isInstanceOf(IOException.class).hasMessageContaining("frame");
    }
}
