package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Contents, and the places where each was seen. Any thread. */
final class Sightings {
    private final Map<Digest, Set<Place>> places = new ConcurrentHashMap<>();
    private final Map<Digest, String> heads = new ConcurrentHashMap<>();

    void add(Digest content, Place place, String head) {
        heads.put(content, head);
        places.computeIfAbsent(content, unseen -> java.util.Collections.synchronizedSet(new LinkedHashSet<>()))
                .add(place);
    }

    Set<Digest> contents() {
        return Set.copyOf(places.keySet());
    }

    Set<Place> of(Digest content) {
        return Set.copyOf(places.getOrDefault(content, Set.of()));
    }

    String head(Digest content) {
        return heads.getOrDefault(content, "");
    }
}
