package dev.devshell.sync.core;

import java.util.List;

/** What the reconciler sees of the world: three trees over the same paths. A path has no trailing slash; {@code /} separates. */
public interface Sides {
    /** Returns where the path last rested; {@link Ancestor#nothing()} where it is not known. */
    Ancestor ancestor(String path);

    /** Returns what stands at the path now; {@link Node#absent()} where nothing does. */
    Node at(Side side, String path);

    /** Returns the paths strictly below {@code path} at which something stands on that side, parents first. */
    List<String> below(Side side, String path);

    /** Returns who prevails at the path in a conflict. */
    Preference preference(String path);

    /** Returns whether the sync may change the path on that side; where not, changes of the other side are left standing. */
    boolean writable(Side side, String path);

    /**
     * Returns the path above, or null above a mapped root: a root that has vanished says nothing about what was in it.
     */
    @org.jspecify.annotations.Nullable
    String parent(String path);
}
