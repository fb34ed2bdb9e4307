package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine;

/** Reads commands from a terminal. */
final class Prompt {
    private final ShellLine line;
    private final Workspace workspace;
    private final Console console;

    Prompt(ShellLine line, Workspace workspace, Console console) {
        this.line = line;
        this.workspace = workspace;
        this.console = console;
    }

    int read() {
        console.say("'help' lists the commands; Ctrl-D leaves");
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .variable(LineReader.HISTORY_FILE, history())
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                    .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                    .build();
            Thread self = Thread.currentThread();
            terminal.handle(Terminal.Signal.INT, signal -> self.interrupt());
            loop(reader);
            return CommandLine.ExitCode.OK;
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-TERMINAL", "the terminal cannot be used", String.valueOf(e.getMessage()), "TERM is right?", e);
        }
    }

    private void loop(LineReader reader) {
        int code = CommandLine.ExitCode.OK;
        String project = workspace.config().name();
        while (true) {
            try {
                String failed = code == CommandLine.ExitCode.OK ? "" : console.out(Style.RED, "[" + code + "] ");
                String next = reader.readLine(failed + project + "> ");
                if (line.isEnd(next)) {
                    return;
                }
                code = line.execute(next);
                console.out().flush();
                if (Thread.interrupted()) {
                    code = 130;
                }
            } catch (UserInterruptException e) {
                code = CommandLine.ExitCode.OK;
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    /** Nobody else is to read what was typed. */
    private Path history() {
        Path file = workspace.stateDirectory().resolve("shell-history");
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("making " + file, e);
        }
        return file;
    }
}
