package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.conflict.EngineFiles;
import dev.devshell.conflict.Versions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine;

/** Puts conflicts before a person, one after the other: how both versions differ, and a key for what stays. */
final class Decisions {
    private static final String KEYS = "keep: h the host's, c the container's, b both; s skip, q leave";
    /** What stands around the difference. */
    private static final int OTHER_LINES = 5;

    private final Devshell root;
    private final Console console;
    private final Sync sync;
    private final Versions versions;
    private final BlockingQueue<Character> pressed = new LinkedBlockingQueue<>();

    Decisions(Devshell root, DevSession session) {
        this.root = root;
        this.console = root.console();
        this.sync = session.sync();
        this.versions = new Versions(session, new EngineFiles(root.workspace().engine()));
    }

    int decide(List<Sync.Conflict> conflicts) {
        Interrupts interrupts = root.inShell() ? Interrupts.none() : Interrupts.toThisThread();
        Keys keys = Keys.of(root.terminal(), pressed::add);
        try {
            return root.terminal().lend(() -> {
                keys.begin();
                try {
                    return oneByOne(conflicts);
                } finally {
                    keys.close();
                }
            });
        } finally {
            interrupts.close();
        }
    }

    private int oneByOne(List<Sync.Conflict> conflicts) {
        int most = Math.max(OTHER_LINES, TerminalSize.ask().rows() - OTHER_LINES);
        for (int n = 0; n < conflicts.size(); n++) {
            Sync.Conflict conflict = conflicts.get(n);
            console.out()
                    .println(console.out(
                            Style.BOLD, conflict.path() + "  (" + (n + 1) + " of " + conflicts.size() + ")"));
            ConflictText.of(conflict, Versions.host(conflict.path()), versions.container(conflict), console, most)
                    .forEach(console.out()::println);
            console.out().flush();
            console.say(KEYS);
            char key = key();
            if (key == 'q') {
                return CommandLine.ExitCode.OK;
            }
            if (key != 's') {
                resolve(conflict, key);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private char key() {
        try {
            while (true) {
                char key = pressed.take();
                if ("hcbsq".indexOf(key) >= 0) {
                    return key;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private void resolve(Sync.Conflict conflict, char key) {
        Sync.Keep keep = switch (key) {
            case 'h' -> Sync.Keep.HOST;
            case 'c' -> Sync.Keep.CONTAINER;
            default -> Sync.Keep.BOTH;
        };
        sync.resolve(conflict.path(), keep);
        console.say(
                switch (keep) {
                    case HOST -> "kept the host's; the container's is in the history";
                    case CONTAINER -> "kept the container's; the host's is in the history";
                    case BOTH -> "kept both, the container's beside the host's";
                });
    }
}
