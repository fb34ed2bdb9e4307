package dev.devshell.watch;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long each stage from a save to the verdict took, in ms. Stages may overlap. */
final class Stages {
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private final long savedMillis;

    Stages(long savedMillis) {
        this.savedMillis = savedMillis;
    }

    synchronized void took(String stage, long millis) {
        this.millis.put(stage, millis);
    }

    /** Notes how long it is since the save. */
    synchronized void reached(String stage) {
        took(stage, Math.max(0, System.currentTimeMillis() - savedMillis));
    }

    long savedMillis() {
        return savedMillis;
    }

    synchronized Map<String, Long> millis() {
        return new LinkedHashMap<>(millis);
    }
}
