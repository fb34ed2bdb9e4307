package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** Runs commands in one container, to their end. */
final class ContainerCommand {
    private final Engine engine;
    private final String containerId;

    ContainerCommand(Engine engine, String containerId) {
        this.engine = engine;
        this.containerId = containerId;
    }

    ExecResult run(List<String> command) {
        List<String> err = Collections.synchronizedList(new ArrayList<>());
        ExecSpec spec = new ExecSpec(command, "", Map.of(), Optional.empty());
        try (ExecStream stream = engine.exec(containerId, spec, err::add)) {
            stream.endInput();
            String out = all(stream);
            OptionalInt code = stream.exitCode();
            return new ExecResult(code.orElseThrow(() -> lost(command, "its exit code is not known")), out, text(err));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new DevshellException.Interrupted("interrupted while " + command.get(0) + " ran");
            }
            throw lost(command, String.valueOf(e.getMessage()));
        }
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static String all(ExecStream stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (stream.read(buffer) >= 0) {
            out.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static DevshellException lost(List<String> command, String why) {
        StringJoiner words = new StringJoiner(" ");
        command.forEach(words::add);
        return new DevshellException.Failed(
                "COMMAND-LOST", "cannot tell how `" + words + "` ended", why, "look at the container's log");
    }
}
