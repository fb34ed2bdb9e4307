package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import dev.devshell.sync.history.History;
import dev.devshell.sync.history.HistoryEntry;
import dev.devshell.sync.history.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What a history holds, read from a copy of its directory while another owns it. */
final class Kept {
    private Kept() {}

    static Set<Digest> contents(Path history, Path copy) throws IOException {
        Set<Digest> contents = new HashSet<>();
        try (History opened = History.open(copy(history, Files.createTempDirectory(copy, "kept")), Retention.DEFAULT)) {
            for (HistoryEntry entry : opened.list(item -> true, Integer.MAX_VALUE)) {
                if (entry.item().node() instanceof Node.File file) {
                    contents.add(file.digest());
                }
            }
        }
        return contents;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        return to;
    }
}
