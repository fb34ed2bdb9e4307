package dev.devshell.watch.worker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of the host that tests have written themselves: an edit of theirs is no reason to run them again.
 *
 * <p>Whoever writes for a test adds the absolute path to the set of texts that is in the system properties under {@value #KEY},
 * before it writes. That needs no class that both know.
 */
final class OwnFiles {
    static final String KEY = "dev.devshell.watch.own-files";

    private OwnFiles() {}

    private static Set<?> set() {
        return (Set<?>) System.getProperties().computeIfAbsent(KEY, missing -> ConcurrentHashMap.newKeySet());
    }

    static List<String> among(List<String> files) {
        Set<?> own = set();
        return files.stream().filter(own::contains).toList();
    }

    static void forget() {
        set().clear();
    }
}
