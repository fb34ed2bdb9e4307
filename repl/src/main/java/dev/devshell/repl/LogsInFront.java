package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Logs that are followed on a terminal, and the single keys that do something about a service meanwhile. */
final class LogsInFront {
    private static final String HELP = "r restart, s shell, o open in the browser, h help, q or Ctrl-C back";
    private static final char ENDED = '\0';

    private final Devshell root;
    private final List<String> services;
    private final Consumer<List<LogLine>> sink;
    private final BlockingQueue<Character> pressed = new LinkedBlockingQueue<>();
    /** Whoever has it writes to the terminal; lines wait meanwhile, in the end where the engine keeps them. */
    private final ReentrantLock writing = new ReentrantLock();
    /** The terminal is somebody else's again. */
    private boolean over;

    /**
     * @param services those that are followed
     * @param sink takes lines for the terminal
     */
    LogsInFront(Devshell root, List<String> services, Consumer<List<LogLine>> sink) {
        this.root = root;
        this.services = services.stream().sorted().toList();
        this.sink = sink;
    }

    /**
     * Follows until somebody leaves.
     *
     * @param following shows lines through what it is given, until its thread is interrupted
     */
    int follow(Consumer<Consumer<List<LogLine>>> following) {
        FutureTask<Integer> task = new FutureTask<>(() -> following.accept(this::show), CommandLine.ExitCode.OK);
        Thread follower = new Thread(
                () -> {
                    task.run();
                    pressed.add(ENDED);
                },
                "devshell-logs-front");
        follower.setDaemon(true);
        Interrupts interrupts = root.inShell() ? Interrupts.none() : Interrupts.toThisThread();
        try {
            return root.terminal().lend(() -> whileInFront(follower, task));
        } finally {
            follower.interrupt();
            interrupts.close();
        }
    }

    private int whileInFront(Thread follower, FutureTask<Integer> task) {
        Runnable shown = () -> {
            follower.start();
            try {
                keys();
            } finally {
                alone(() -> over = true);
            }
        };
        root.shellLogs().ifPresentOrElse(logs -> logs.whileInFront(shown), shown);
        return task.isDone() ? ended(task) : CommandLine.ExitCode.OK;
    }

    private static int ended(FutureTask<Integer> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DevshellException.Interrupted) {
                return CommandLine.ExitCode.OK;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private void show(List<LogLine> lines) {
        writing.lock();
        try {
            if (!over) {
                sink.accept(lines);
            }
        } finally {
            writing.unlock();
        }
    }

    private void keys() {
        Keys keys = listen();
        try {
            while (true) {
                char key = pressed.take();
                if (key == 'q' || key == ENDED) {
                    return;
                }
                if (key == 's') {
                    Optional<String> service = chosen("shell in");
                    keys.close();
                    service.ifPresent(name -> alone(() -> run("shell", name)));
                    keys = listen();
                } else if (key == 'r') {
                    chosen("restart").ifPresent(name -> run("restart", name));
                } else if (key == 'o') {
                    chosen("open").ifPresent(name -> run("open", name));
                } else if (key == 'h') {
                    say(HELP);
                }
            }
        } catch (InterruptedException e) {
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            keys.close();
        }
    }

    private Keys listen() {
        Keys keys = Keys.of(root.terminal(), pressed::add);
        keys.begin();
        return keys;
    }

    /** Returns the one that is followed, or that is chosen among the first nine by its number. */
    private Optional<String> chosen(String what) throws InterruptedException {
        if (services.size() == 1) {
            return Optional.of(services.get(0));
        }
        StringBuilder question = new StringBuilder(what).append(" which?");
        for (int n = 1; n <= Math.min(services.size(), 9); n++) {
            question.append("  ").append(n).append(' ').append(services.get(n - 1));
        }
        say(question.append("  (any other key: none)").toString());
        int number = pressed.take() - '0';
        return number >= 1 && number <= Math.min(services.size(), 9)
                ? Optional.of(services.get(number - 1))
                : Optional.empty();
    }

    private void say(String line) {
        alone(() -> root.console().say(root.console().err(Style.BOLD, "-- " + line)));
    }

    private void alone(Runnable writer) {
        writing.lock();
        try {
            writer.run();
        } finally {
            writing.unlock();
        }
    }

    /** Does what the command would do; the terminal is lent already. */
    private void run(String... command) {
        int code = Main.commandLine(new Devshell(root.launch(), root.workspace(), Lending.PLAIN, root.shellLogs()))
                .execute(command);
        say(String.join(" ", command) + (code == 0 ? ": done" : ": ended with " + code));
    }
}
