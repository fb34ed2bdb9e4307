package dev.devshell.watch.compile;

import dev.devshell.watch.build.SourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compiles what has changed of one set of sources, and of the rest what depends on a shape that has changed.
 *
 * <p>Nothing is written before all of it compiles; what does not compile is tried again with the next change.
 */
final class SourceCompiler {
    private static final int REHEARSED = 3;

    private final SourceSet set;
    private final ClassTree tree;
    private final Javac javac;
    /** Sources that have to be compiled before the classes are what the sources say. */
    private final Set<Path> due = new LinkedHashSet<>();

    private boolean everything;

    SourceCompiler(SourceSet set, Javac javac) {
        this.set = set;
        this.tree = new ClassTree(set.classes());
        this.javac = javac;
    }

    ClassTree tree() {
        return tree;
    }

    /** Finds what was changed while nobody looked: sources that are newer than their classes, or have none; returns whether any was. */
    boolean findChanged() {
        tree.refresh();
        Map<String, Long> compiled = new HashMap<>();
        for (ClassFile file : tree.all()) {
            compiled.merge(file.sourcePath(), modified(tree.path(file.name())), Math::min);
        }
        for (Path source : sources()) {
            Long time = compiled.get(relative(source));
            if (time == null || modified(source) > time) {
                due.add(source);
            }
        }
        // Without classes a file is no source: package-info, or everything commented out.
        due.removeIf(source -> source.endsWith("package-info.java") || source.endsWith("module-info.java"));
        return !due.isEmpty();
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private List<Path> sources() {
        List<Path> all = new ArrayList<>();
        for (Path root : set.sources()) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> walk = Files.walk(root)) {
                    walk.filter(path -> path.toString().endsWith(".java")).forEach(all::add);
                } catch (IOException e) {
                    throw new UncheckedIOException("reading the sources in " + root, e);
                }
            }
        }
        return all;
    }

    private String relative(Path source) {
        return set.sources().stream()
                .filter(source::startsWith)
                .findFirst()
                .map(root -> root.relativize(source).toString().replace('\\', '/'))
                .orElse("");
    }

    /** Compiles what was edited last, and drops what comes of it. */
    void rehearse() {
        List<Path> last = sources().stream()
                .sorted(Comparator.comparing(SourceCompiler::modified).reversed())
                .limit(REHEARSED)
                .toList();
        if (!last.isEmpty()) {
            var unused = javac.compile(last, classPath(), set.options());
        }
    }

    /** Takes word that the build tool has compiled what was due. */
    void compiledElsewhere() {
        due.clear();
        everything = false;
    }

    void changed(Path source) {
        due.add(source);
    }

    /** Takes word of classes elsewhere that this set stands on and whose shape is another now. */
    void reshaped(Collection<String> classes, boolean constants) {
        everything |= constants;
        ClassGraph graph = new ClassGraph(tree.all());
        classes.forEach(name -> graph.usersOf(name).forEach(this::addSourceOf));
    }

    private void addSourceOf(String name) {
        tree.get(name).map(ClassFile::sourcePath).flatMap(this::find).ifPresent(due::add);
    }

    private Optional<Path> find(String relative) {
        return set.sources().stream()
                .map(root -> root.resolve(relative))
                .filter(path -> !relative.isEmpty() && Files.exists(path))
                .findFirst();
    }

    /**
     * What came of it.
     *
     * @param changed classes that are others now, or gone
     * @param reshaped those of them of which others have to be compiled anew
     * @param constants whether a constant has another value
     */
    record Outcome(Set<String> changed, Set<String> reshaped, boolean constants, List<Problem> problems) {}

    Outcome compile() {
        Set<String> reshaped = new LinkedHashSet<>();
        boolean constants = false;
        if (everything) {
            due.addAll(sources());
        }
        if (due.isEmpty()) {
            return new Outcome(Set.of(), Set.of(), false, List.of());
        }
        Set<Path> round = Set.of();
        Map<String, byte[]> classes = Map.of();
        Set<String> gone = Set.of();
        while (!round.equals(due)) {
            round = new LinkedHashSet<>(due);
            gone = stale(round);
            List<Path> present = round.stream().filter(Files::exists).toList();
            if (!present.isEmpty()) {
                Javac.Result result = javac.compile(present, classPath(), set.options());
                if (!result.problems().isEmpty()) {
                    return new Outcome(Set.of(), Set.of(), false, result.problems());
                }
                classes = result.classes();
            }
            gone.removeAll(classes.keySet());
            constants |= takeShapes(classes, gone, reshaped);
            if (constants) {
                due.addAll(sources());
            }
            reshaped(reshaped, false);
        }
        write(classes, gone);
        due.clear();
        everything = false;
        return new Outcome(tree.refresh(), reshaped, constants, List.of());
    }

    private List<Path> classPath() {
        List<Path> path = new ArrayList<>(List.of(set.classes()));
        path.addAll(set.classPath());
        return path;
    }

    /** Returns the classes that came from these sources the last time. */
    private Set<String> stale(Set<Path> sources) {
        Set<String> relative = new LinkedHashSet<>();
        sources.forEach(source -> relative.add(relative(source)));
        Set<String> stale = new LinkedHashSet<>();
        tree.all().stream()
                .filter(file -> relative.contains(file.sourcePath()))
                .forEach(file -> stale.add(file.name()));
        return stale;
    }

    /** Notes the classes whose shape is another now; returns whether a constant's value is. */
    private boolean takeShapes(Map<String, byte[]> classes, Set<String> gone, Set<String> reshaped) {
        boolean constants = false;
        reshaped.addAll(gone);
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Optional<ClassFile> before = tree.get(entry.getKey());
            ClassFile after = ClassFile.read(entry.getValue());
            if (before.isEmpty() || !before.get().shape().equals(after.shape())) {
                reshaped.add(entry.getKey());
            }
            constants |= before.isPresent() && !before.get().constants().equals(after.constants());
        }
        return constants;
    }

    private void write(Map<String, byte[]> classes, Set<String> gone) {
        try {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                Path file = tree.path(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
            }
            for (String name : gone) {
                Files.deleteIfExists(tree.path(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing classes to " + set.classes(), e);
        }
    }
}
