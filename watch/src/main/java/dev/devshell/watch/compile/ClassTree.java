package dev.devshell.watch.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The class files of one directory, read again where they have changed. */
public final class ClassTree {
    private final Path root;
    private final Map<Path, Known> known = new HashMap<>();
    private final Map<String, ClassFile> classes = new HashMap<>();

    public ClassTree(Path root) {
        this.root = root;
    }

    private record Known(FileTime time, long size, ClassFile file) {}

    /** Looks at every file, and returns the names of the classes that are others than before, or gone. */
    public Set<String> refresh() {
        Map<Path, Known> now = new HashMap<>();
        if (Files.isDirectory(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(path -> path.toString().endsWith(".class")).forEach(path -> now.put(path, look(path)));
            } catch (IOException e) {
                throw new UncheckedIOException("reading the classes in " + root, e);
            }
        }
        Set<String> changed = new LinkedHashSet<>();
        Map<String, ClassFile> after = new HashMap<>();
        now.values().forEach(known -> after.put(known.file().name(), known.file()));
        after.forEach((name, file) -> {
            ClassFile before = classes.get(name);
            if (before == null || !before.content().equals(file.content())) {
                changed.add(name);
            }
        });
        classes.keySet().stream().filter(name -> !after.containsKey(name)).forEach(changed::add);
        known.clear();
        known.putAll(now);
        classes.clear();
        classes.putAll(after);
        return changed;
    }

    private Known look(Path path) {
        try {
            FileTime time = Files.getLastModifiedTime(path);
            long size = Files.size(path);
            Known before = known.get(path);
            return before != null && before.time().equals(time) && before.size() == size
                    ? before
                    : new Known(time, size, ClassFile.read(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + path, e);
        }
    }

    public Path root() {
        return root;
    }

    public Optional<ClassFile> get(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    public Collection<ClassFile> all() {
        return classes.values();
    }

    /** Returns where the class file is, or would be. */
    public Path path(String name) {
        return root.resolve(name.replace('.', '/') + ".class");
    }
}
