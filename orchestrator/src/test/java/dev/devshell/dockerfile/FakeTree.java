package dev.devshell.dockerfile;

import dev.devshell.ignore.IgnoreRules;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A context in memory: its files by path, everything above them a directory. */
final class FakeTree implements SourceTree {
    private final SortedSet<String> files;

    private FakeTree(List<String> files) {
        this.files = new TreeSet<>(files);
    }

    static BuildContext context(String... files) {
        return new BuildContext(new FakeTree(List.of(files)), IgnoreRules.NONE);
    }

    @Override
    public Kind kind(String path) {
        if (files.contains(path)) {
            return Kind.FILE;
        }
        return path.isEmpty() || !children(path).isEmpty() ? Kind.DIRECTORY : Kind.ABSENT;
    }

    @Override
    public List<String> children(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        return files.stream()
                .filter(file -> file.startsWith(prefix))
                .map(file -> file.substring(prefix.length()).split("/", -1)[0])
                .distinct()
                .toList();
    }

    @Override
    public Optional<String> resolve(String path) {
        return Optional.of(path);
    }

    @Override
    public boolean isArchive(String file) {
        return file.endsWith(".tar");
    }
}
