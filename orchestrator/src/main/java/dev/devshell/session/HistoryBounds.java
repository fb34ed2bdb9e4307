package dev.devshell.session;

import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.SyncSettings;
import dev.devshell.sync.history.Retention;
import java.util.Optional;

/** How much of the past a project keeps, by its {@code x-devshell}. */
final class HistoryBounds {
    private HistoryBounds() {}

    static Retention of(ComposeProject project) {
        SyncSettings settings = project.sync();
        return new Retention(
                settings.historySize().orElse(Retention.DEFAULT.bytes()),
                settings.historyAge().orElse(Retention.DEFAULT.age()));
    }

    /** Returns what a person should know of it; nothing where it is as it is by default. */
    static Optional<String> told(ComposeProject project) {
        Retention bounds = of(project);
        if (bounds.equals(Retention.DEFAULT)) {
            return Optional.empty();
        }
        long hours = bounds.age().toHours();
        String age = hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
        return Optional.of("the history keeps " + age + " or " + size(bounds.bytes()) + " (x-devshell)");
    }

    private static String size(long bytes) {
        long mebibytes = bytes >> 20;
        return mebibytes % 1024 == 0 ? mebibytes / 1024 + " GiB" : mebibytes + " MiB";
    }
}
