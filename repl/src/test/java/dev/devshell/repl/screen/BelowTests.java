package dev.devshell.repl.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BelowTests {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Terminal terminal;
    private final OrderlyReader reader;
    private final Below below;

    BelowTests() throws IOException {
        terminal = new ExternalTerminal(
                "test", "xterm", new ByteArrayInputStream(new byte[0]), written, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 24));
        reader = new OrderlyReader(terminal, "test", Map.of());
        below = new Below(reader, Status.getStatus(terminal));
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static List<AttributedString> lines(String text) {
        return List.of(new AttributedString(text));
    }

    @Test
    @DisplayName("draws nothing while the reader draws: control sequences that cross leave a screen in pieces")
    void waitsForTheReader() {
        Thread other = new Thread(() -> below.show(lines("all is well")));
        reader.alone(() -> {
            other.start();
            await().until(() -> other.getState() == Thread.State.WAITING);
            assertThat(written()).doesNotContain("well");
        });
        await().untilAsserted(() -> assertThat(written()).contains("all is well"));
    }

    @Test
    void drawsTheSameLinesOnce() {
        below.show(lines("all is well"));
        int once = written().length();

        below.show(lines("all is well"));

        assertThat(written()).hasSize(once);
    }

    @Test
    void keepsLinesBackWhileSomebodyElseHasTheTerminal() {
        below.suspend();
        below.show(lines("all is well"));
        assertThat(written()).doesNotContain("well");

        below.restore();
        assertThat(written()).contains("all is well");
    }

    @Test
    void drawsNothingOnceItIsClosed() throws IOException {
        below.show(lines("all is well"));
        below.close();
        terminal.close();
        int before = written().length();

        below.show(lines("too late"));
        below.restore();

        assertThat(written()).hasSize(before);
    }
}
