package dev.devshell.sync;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Tells people which deletions of a container are held, and what they can do. On the session's thread only. */
final class HeldDeletions {
    static final String CODE = "DELETIONS-HELD";
    private static final int SHOWN = 3;
    /** How many paths a notice names to a program. */
    private static final int NAMED = 1_000;

    private HeldDeletions() {}

    /** Returns a notice for each mapping of which something is held. */
    static List<Notice> notices(ReplicaSession session) {
        return session.brake().held(NAMED).stream()
                .map(held -> notice(session, held))
                .toList();
    }

    private static Notice notice(ReplicaSession session, DeleteBrake.Held held) {
        List<Path> paths = held.some().stream()
                .map(path -> ProjectSync.shown(session, path))
                .toList();
        String mapping = held.root().host().toPath().toString();
        String examples = paths.stream().limit(SHOWN).map(Path::toString).collect(Collectors.joining(", "));
        String why = held.vanished()
                ? held.root().container() + " itself is gone from the container: " + examples
                : examples;
        return new Notice(
                CODE,
                session.replica().service(),
                session.replica().shortName() + " deleted " + held.count() + " paths of " + mapping
                        + "; they are still on the host",
                held.count() > SHOWN ? why + ", ..." : why,
                "devshell sync release deletes them here too; devshell sync restore brings them back there",
                paths);
    }

    /** Returns what a flush fails with: what is held is not applied, and will not be by waiting. */
    static DevshellException failure(ReplicaSession session) {
        List<Notice> notices = notices(session);
        return new DevshellException.Failed(
                CODE,
                notices.stream().map(Notice::what).collect(Collectors.joining("; ")),
                notices.stream().map(Notice::why).collect(Collectors.joining("\n")),
                notices.isEmpty() ? "" : notices.get(0).next());
    }
}
