package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Sync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The sync, live: all of these but {@code plan} ask the project's session. */
@Command(
        name = "sync",
        description = "Watch and steer the sync.",
        subcommands = {
            SyncCommand.Status.class,
            SyncCommand.Flush.class,
            SyncPlanCommand.class,
            SyncCommand.Explain.class,
            SyncCommand.History.class,
            SyncCommand.Undo.class,
            SyncCommand.Pause.class,
            SyncCommand.Resume.class,
            SyncCommand.Release.class,
            SyncCommand.Restore.class,
            SyncCommand.Conflicts.class,
            SyncCommand.Resolve.class
        })
final class SyncCommand extends Group {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli
    private Devshell root;

    Devshell root() {
        return root;
    }

    /** What they have in common. */
    @Command
    abstract static class Live implements Callable<Integer> {
        @ParentCommand
        @SuppressWarnings("NullAway.Init") // picocli
        private SyncCommand parent;

        Devshell root() {
            return parent.root();
        }

        Path absolute(Path path) {
            return root().workspace().workingDirectory().resolve(path).normalize();
        }

        @Override
        public Integer call() {
            DevSession session = root().workspace().demandSession();
            if (!isLong()) {
                run(session.sync(), root().output());
                return CommandLine.ExitCode.OK;
            }
            return PagedOut.around(root(), console -> {
                run(session.sync(), root().output(console));
                return CommandLine.ExitCode.OK;
            });
        }

        /** Whether what it shows may be longer than a screen. */
        boolean isLong() {
            return false;
        }

        abstract void run(Sync sync, Output output);
    }

    @Command(name = "status", description = "Show what each replica is doing.")
    static final class Status extends Live {
        @Override
        void run(Sync sync, Output output) {
            output.status(sync.status());
        }
    }

    @Command(name = "flush", description = "Wait until everything written so far, on any side, is applied everywhere.")
    static final class Flush extends Live {
        @Option(
                names = "--timeout",
                paramLabel = "S",
                defaultValue = "30",
                converter = Durations.class,
                description = "Fail after this long, naming what is behind (default: ${DEFAULT-VALUE} s).")
        @SuppressWarnings("NullAway.Init") // has a default
        private Duration timeout;

        @Override
        void run(Sync sync, Output output) {
            sync.flush(timeout);
        }
    }

    @Command(name = "explain", description = "Tell why a path is, or is not, in sync.")
    static final class Explain extends Live {
        @Parameters(paramLabel = "PATH", description = "A path of the host.")
        @SuppressWarnings("NullAway.Init") // required
        private Path path;

        @Override
        boolean isLong() {
            return true;
        }

        @Override
        void run(Sync sync, Output output) {
            output.explanation(sync.explain(absolute(path)));
        }
    }

    @Command(name = "history", description = "List what the sync replaced or deleted, newest first.")
    static final class History extends Live {
        @Parameters(paramLabel = "PATH", arity = "0..1", description = "Only of this path of the host.")
        private @Nullable Path path;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Override
        boolean isLong() {
            return true;
        }

        @Override
        void run(Sync sync, Output output) {
            output.versions(sync.history(Optional.ofNullable(path).map(this::absolute), limit));
        }
    }

    @Command(name = "undo", description = "Bring a replaced or deleted version back on the host.")
    static final class Undo extends Live {
        @Parameters(
                paramLabel = "ID",
                arity = "0..1",
                description = "As 'sync history' lists it; the newest without one.")
        private @Nullable String id;

        @Option(
                names = "--since",
                paramLabel = "AGE",
                converter = Durations.class,
                description =
                        "Bring everything back that the sync replaced or deleted on the host since, as 10m or 2h.")
        private @Nullable Duration since;

        @Override
        void run(Sync sync, Output output) {
            if (id != null && since != null) {
                throw new DevshellException.Usage(
                        "UNDO-WHAT", "both an id and --since are given", "", "give one of them");
            }
            output.versions(since != null ? sync.undo(since) : List.of(sync.undo(Optional.ofNullable(id))));
        }
    }

    @Command(name = "pause", description = "Carry nothing until 'sync resume'.")
    static final class Pause extends Live {
        @Override
        void run(Sync sync, Output output) {
            sync.pause();
            root().console().say("paused; 'devshell sync resume' goes on with everything that changes meanwhile");
        }
    }

    @Command(name = "resume", description = "Go on after 'sync pause'.")
    static final class Resume extends Live {
        @Override
        void run(Sync sync, Output output) {
            sync.resume();
        }
    }

    @Command(name = "release", description = "Delete here too what a container deleted in bulk.")
    static final class Release extends Live {
        @Override
        void run(Sync sync, Output output) {
            sync.release().forEach(held -> root().console().say("let go: " + held.what()));
        }
    }

    @Command(name = "restore", description = "Send back what a container deleted in bulk.")
    static final class Restore extends Live {
        @Override
        void run(Sync sync, Output output) {
            sync.restore().forEach(held -> root().console().say("refused: " + held.what()));
        }
    }

    @Command(
            name = "conflicts",
            description =
                    "List the paths that wait for a decision; on a terminal, show how both sides differ, and ask.")
    static final class Conflicts extends Live {
        @Option(names = "--list", description = "Only list them.")
        private boolean list;

        @Override
        public Integer call() {
            boolean asks = !list
                    && !root().json()
                    && root().console().interactive()
                    && root().launch().hasTerminal();
            if (!asks) {
                return super.call();
            }
            DevSession session = root().workspace().demandSession();
            List<Sync.Conflict> conflicts = session.sync().conflicts();
            return conflicts.isEmpty() ? super.call() : new Decisions(root(), session).decide(conflicts);
        }

        @Override
        void run(Sync sync, Output output) {
            output.conflicts(sync.conflicts());
        }
    }

    @Command(name = "resolve", description = "Decide a conflict; what is not kept goes to the history.")
    static final class Resolve extends Live {
        @Parameters(paramLabel = "PATH", description = "A path of the host.")
        @SuppressWarnings("NullAway.Init") // required
        private Path path;

        @Option(
                names = "--keep",
                required = true,
                paramLabel = "SIDE",
                description = "What stays in place: ${COMPLETION-CANDIDATES}.")
        @SuppressWarnings("NullAway.Init") // required
        private Sync.Keep keep;

        @Override
        void run(Sync sync, Output output) {
            sync.resolve(absolute(path), keep);
        }
    }
}
