package dev.devshell.repl;

import dev.devshell.repl.screen.Screen;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import picocli.CommandLine;

/** Reads lines and runs them, one after the other; knows what Ctrl-C means in each place. */
final class Typing {
    /** A second Ctrl-C within this time means it. */
    private static final long TWICE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int INTERRUPTED = 130;

    private final ShellLine line;
    private final Screen screen;
    private final String project;
    private final Console console;
    private final Optional<Boot> boot;
    private volatile boolean interrupted;
    private long lastInterrupt = System.nanoTime() - TWICE_NANOS;

    Typing(ShellLine line, Screen screen, String project, Console console, Optional<Boot> boot) {
        this.line = line;
        this.screen = screen;
        this.project = project;
        this.console = console;
        this.boot = boot;
        Thread self = Thread.currentThread();
        screen.terminal().handle(Terminal.Signal.INT, signal -> interrupt(self));
    }

    void loop() {
        int code = CommandLine.ExitCode.OK;
        while (true) {
            try {
                String failed = code == CommandLine.ExitCode.OK ? "" : console.out(Style.RED, "[" + code + "] ");
                String typed = screen.reader().readLine(failed + project + "> ");
                if (line.isEnd(typed)) {
                    return;
                }
                code = run(typed);
            } catch (UserInterruptException e) {
                code = CommandLine.ExitCode.OK;
                abandoned(e.getPartialLine());
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private int run(String typed) {
        interrupted = false;
        int code = line.execute(typed);
        if (interrupted) {
            // The terminal showed what was pressed, where the prompt begins.
            console.out().println();
        }
        console.out().flush();
        return Thread.interrupted() ? INTERRUPTED : code;
    }

    /** Ctrl-C in a command: it is asked to end; the second one ends what it started without asking. */
    private void interrupt(Thread command) {
        if (isSecond()) {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        }
        interrupted = true;
        command.interrupt();
    }

    private boolean isSecond() {
        long now = System.nanoTime();
        boolean second = now - lastInterrupt < TWICE_NANOS;
        lastInterrupt = now;
        return second;
    }

    /** Ctrl-C at the prompt: the line goes, but can be called back; twice without a line ends a boot. */
    private void abandoned(String typed) {
        if (!typed.isBlank()) {
            screen.reader().getHistory().add(typed);
            return;
        }
        boolean second = isSecond();
        if (boot.isEmpty() || !boot.get().goesOn()) {
            return;
        }
        if (second) {
            boot.get().cancel();
            screen.print("the boot was cancelled; 'up' begins it again");
        } else {
            screen.print("the boot goes on; Ctrl-C again cancels it, Ctrl-D leaves");
        }
    }

    /** Returns what somebody answers; nothing where they would rather not. */
    Optional<String> ask(String question) {
        try {
            return Optional.of(screen.reader().readLine(question));
        } catch (UserInterruptException | EndOfFileException e) {
            return Optional.empty();
        }
    }
}
