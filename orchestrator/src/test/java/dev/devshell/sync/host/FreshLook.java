package dev.devshell.sync.host;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at a directory with nothing but the JDK, to compare a tree with. */
final class FreshLook {
    private FreshLook() {}

    static Map<String, Node> at(Path root) throws IOException {
        Map<String, Node> all = new TreeMap<>();
        for (Path path : below(root)) {
            all.put(root.relativize(path).toString(), node(path));
        }
        return all;
    }

    private static Node node(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return new Node.Link(Files.readSymbolicLink(path).toString());
        } else if (Files.isDirectory(path)) {
            return Node.directory();
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return new Node.File(Digest.of(Files.readAllBytes(path)), Files.isExecutable(path));
        }
        return Node.special();
    }

    private static List<Path> below(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            return paths.filter(p -> !p.equals(root)).toList();
        }
    }

    static void deleteBelow(Path root) throws IOException {
        for (Path path : below(root).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
    }
}
