package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a Dockerfile's stage maps.
 *
 * @param mappings in the order the build makes them; a later one owns what both reach
 * @param leftOut what is not synced, with the reason
 * @param triggers what makes a rebuild worth while
 * @param taken container paths that something else fills
 */
public record DockerfilePlan(
        List<Mapping> mappings, List<LeftOut> leftOut, List<RebuildTrigger> triggers, List<Taken> taken) {
    public DockerfilePlan {
        mappings = List.copyOf(mappings);
        leftOut = List.copyOf(leftOut);
        triggers = List.copyOf(triggers);
        taken = List.copyOf(taken);
    }

    /**
     * Returns where a container path may lie on the host, its owner first: the later mapping before the earlier, and of
     * one instruction the longer target. Where a file exists in several of the places, the first of them is the one; a new
     * file belongs to the first place of all. Ignore rules are not asked.
     */
    public List<Place> places(String containerPath) {
        List<Integer> reaching = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            if (mappings.get(i).sourceOf(containerPath).isPresent() && !isTaken(containerPath, i)) {
                reaching.add(i);
            }
        }
        reaching.sort(Comparator.<Integer>comparingInt(i -> mappings.get(i).line())
                .thenComparingInt(i -> mappings.get(i).target().length())
                .thenComparingInt(i -> i)
                .reversed());
        return reaching.stream().map(i -> place(mappings.get(i), containerPath)).toList();
    }

    /** Returns the first of {@link #places}. */
    public Optional<Place> owner(String containerPath) {
        return places(containerPath).stream().findFirst();
    }

    boolean isTaken(String containerPath, int mapping) {
        return taken.stream().anyMatch(it -> it.order() > mapping && it.covers(containerPath));
    }

    private static Place place(Mapping mapping, String containerPath) {
        return new Place(mapping, mapping.sourceOf(containerPath).orElseThrow());
    }

    /**
     * A host path by way of a mapping.
     *
     * @param path relative to the root of the mapping's context
     */
    public record Place(Mapping mapping, String path) {}
}
