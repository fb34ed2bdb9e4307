package dev.devshell.sync.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** What stands below the directories of one decision: what is below a directory that was listed is not listed again. */
final class Descendants {
    private final Sides sides;
    private final Map<Side, Listed> listed = new EnumMap<>(Side.class);

    private record Listed(Set<String> tops, NavigableSet<String> paths) {}

    Descendants(Sides sides) {
        this.sides = sides;
    }

    /** Returns the paths strictly below the path, parents first. */
    List<String> of(Side side, String path) {
        Listed known = listed.computeIfAbsent(side, missing -> new Listed(new HashSet<>(), new TreeSet<>()));
        for (String above = path; above != null; above = sides.parent(above)) {
            if (known.tops.contains(above)) {
                String from = path.equals("/") ? "" : path;
                return new ArrayList<>(known.paths.subSet(from + "/", false, from + "0", false));
            }
        }
        List<String> below = sides.below(side, path);
        known.tops.add(path);
        known.paths.addAll(below);
        return below;
    }
}
