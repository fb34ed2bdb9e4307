package dev.devshell.session;

import dev.devshell.sync.plan.SyncPlan;
import java.util.List;
import java.util.function.Consumer;

/**
 * What maps where for one service, in the sync's words and in a person's.
 *
 * @param dockerfile as a person would name it; empty where the service is not built
 * @param stage that is built; empty where it has no name
 * @param mappings one for each root of {@code sync}, in the same order
 * @param leftOut instructions that copy what cannot be synced
 * @param triggers what makes the image stale
 * @param notes what a person should know besides
 */
public record ServicePlan(
        String service,
        String dockerfile,
        String stage,
        List<Mapping> mappings,
        List<LeftOut> leftOut,
        List<Hole> holes,
        List<Trigger> triggers,
        List<String> notes,
        SyncPlan sync) {
    public ServicePlan {
        mappings = List.copyOf(mappings);
        leftOut = List.copyOf(leftOut);
        holes = List.copyOf(holes);
        triggers = List.copyOf(triggers);
        notes = List.copyOf(notes);
        if (mappings.size() != sync.roots().size()) {
            throw new IllegalArgumentException("each root has a mapping, but was: " + mappings + " " + sync.roots());
        }
    }

    /** Gives every file that is on the host and synced now to {@code consumer}, by mapping and path. */
    public void files(Consumer<PlannedFile> consumer) {
        new PlannedFiles(this).forEach(consumer);
    }

    /**
     * A mapping.
     *
     * @param line of the Dockerfile; 0 for a rule of {@code develop.watch}
     * @param origin that line, or that rule
     * @param stage that the line stands in; may be empty
     * @param host relative to the context; empty is the context itself
     * @param directory whether it is a directory's contents
     * @param rebuilds the step that a change of it stales; empty where none is
     */
    public record Mapping(
            int line, String origin, String stage, String host, String container, boolean directory, String rebuilds) {}

    /** An instruction that copies what cannot be synced, and why. */
    public record LeftOut(int line, String origin, String reason) {}

    /** A container path that is not the host's: a mount, or what a later instruction puts there. */
    public record Hole(String container, String mount) {}

    /**
     * A file that is synced.
     *
     * @param host relative to the build context
     * @param line of the Dockerfile; 0 for a rule of {@code develop.watch}
     */
    public record PlannedFile(String host, String container, int line) {}
}
