package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import java.util.HashSet;
import java.util.Set;

/**
 * What was seen while a script was played.
 *
 * @param stood contents that stood whole for a while
 * @param appeared contents that were there whole right after a step of the same side
 * @param taken contents that a step was about to take from a place, by moving them too
 * @param destroyed contents that a step was about to replace or delete
 */
record Evidence(Sightings stood, Sightings appeared, Sightings taken, Sightings destroyed) {
    Evidence() {
        this(new Sightings(), new Sightings(), new Sightings(), new Sightings());
    }

    /** Returns what must not be lost. */
    Set<Digest> owed() {
        Set<Digest> owed = new HashSet<>(appeared.contents());
        owed.removeAll(destroyed.contents());
        for (Digest content : stood.contents()) {
            if (!tookFromBoth(content)) {
                owed.add(content);
            }
        }
        return owed;
    }

    /**
     * Returns whether the script itself removed the content from everywhere: wherever it had stood, and from both sides, so that it had been
     * carried over before. Then nobody but the script replaced or deleted it.
     */
    private boolean tookFromBoth(Digest content) {
        Set<Place> places = taken.of(content);
        return places.containsAll(stood.of(content))
                && places.stream().map(Place::side).distinct().count() == Side.values().length;
    }

    /** Tells what is known of a content. */
    String tell(Digest content) {
        return "\"" + (appeared.head(content).isEmpty() ? stood : appeared).head(content) + "\", " + content
                + " stood at " + stood.of(content)
                + ", appeared at " + appeared.of(content) + ", was taken by the script from " + taken.of(content)
                + ", was destroyed by it at " + destroyed.of(content);
    }
}
