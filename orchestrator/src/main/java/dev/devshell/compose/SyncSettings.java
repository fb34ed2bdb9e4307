package dev.devshell.compose;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code x-devshell} says, at the top of a Compose file or in a service. What is empty is not said there.
 *
 * @param ignore patterns, gitignore syntax, of paths that are not synced
 * @param protect patterns of paths that are never written from a container
 * @param historySize bytes that the history may take; at the top of a Compose file only, as the next
 * @param historyAge after which versions may go from the history
 */
public record SyncSettings(
        List<String> ignore,
        List<String> protect,
        Optional<Policy> policy,
        Optional<FromContainer> fromContainer,
        Optional<Boolean> autoRebuild,
        Optional<Mode> mode,
        Optional<Long> historySize,
        Optional<Duration> historyAge) {
    /** Nothing is said. */
    public static final SyncSettings NONE = new SyncSettings(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public SyncSettings {
        ignore = List.copyOf(ignore);
        protect = List.copyOf(protect);
    }

    /** Returns these settings on top of those of the project: lists add up, all else is replaced. */
    public SyncSettings over(SyncSettings project) {
        return new SyncSettings(
                joined(project.ignore, ignore),
                joined(project.protect, protect),
                policy.or(project::policy),
                fromContainer.or(project::fromContainer),
                autoRebuild.or(project::autoRebuild),
                mode.or(project::mode),
                historySize.or(project::historySize),
                historyAge.or(project::historyAge));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Who wins a conflict; {@code policy}. */
    public enum Policy {
        HOST,
        CONTAINER,
        NEWEST,
        MANUAL
    }

    /** Which new paths of a container are sent; {@code from-container}. */
    public enum FromContainer {
        /** Those that the host's {@code .gitignore} does not ignore. */
        CODE,
        ALL
    }

    /** Which ways the sync goes; {@code sync}. */
    public enum Mode {
        BOTH,
        TO_CONTAINER,
        OFF
    }
}
