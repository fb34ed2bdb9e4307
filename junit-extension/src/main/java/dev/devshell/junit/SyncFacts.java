package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in lines how the sync stands. */
final class SyncFacts {
    private static final int SHOWN = 50;

    private SyncFacts() {}

    static List<String> now(Sync sync) {
        try {
            return lines(sync.status());
        } catch (DevshellException e) {
            return List.of("the sync could not be asked: " + e.what() + ": " + e.why());
        }
    }

    private static List<String> lines(SyncStatus status) {
        List<String> lines = new ArrayList<>();
        if (status.paused()) {
            lines.add("the sync is paused");
        }
        status.replicas().forEach(replica -> replica(replica, lines));
        status.problems().stream()
                .limit(SHOWN)
                .forEach(problem ->
                        lines.add(problem.service() + ": " + problem.path() + " is left alone: " + problem.message()));
        if (status.problems().size() > SHOWN) {
            lines.add("and " + (status.problems().size() - SHOWN) + " more that are left alone");
        }
        status.notices().forEach(notice -> lines.add(notice.code() + ": " + notice.what()));
        return lines;
    }

    private static void replica(SyncStatus.Replica replica, List<String> lines) {
        String name = replica.service() + "-" + replica.number();
        lines.add(name + " is "
                + replica.state().toString().toLowerCase(Locale.ROOT).replace('_', ' ') + ", "
                + replica.waiting() + " paths wait, " + replica.conflicts() + " in conflict"
                + (replica.detail().isEmpty() ? "" : ": " + replica.detail()));
        replica.waits().forEach(path -> lines.add("  " + path.path() + " waits: " + path.why()));
        replica.errors().forEach(error -> lines.add("  error at " + error.when() + ": " + error.message()));
    }
}
