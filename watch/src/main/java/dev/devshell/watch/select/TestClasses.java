package dev.devshell.watch.select;

import dev.devshell.watch.compile.ClassFile;
import dev.devshell.watch.compile.ClassGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The classes that may hold tests, with what can be read from them: what they stand on, and which services they use. */
public final class TestClasses {
    private static final String CONTAINER_DEV = "dev.devshell.junit.ContainerDev";
    private static final String FOR_SERVICE = "dev.devshell.junit.ForService";
    /** What it is told of services is in code that runs. */
    private static final String EXTENSION = "dev.devshell.junit.ContainerDevExtension";

    private static final String NESTED = "org.junit.jupiter.api.Nested";

    private final Map<String, ClassFile> all = new HashMap<>();
    private final Set<String> tests = new TreeSet<>();
    private final ClassGraph graph;

    /**
     * @param classes of the project and its tests
     * @param testClasses those of them that are compiled from the tests
     */
    public TestClasses(Collection<ClassFile> classes, Collection<ClassFile> testClasses) {
        classes.forEach(file -> all.put(file.name(), file));
        graph = new ClassGraph(classes);
        testClasses.stream().filter(TestClasses::mayHoldTests).forEach(file -> tests.add(file.top()));
    }

    /** JUnit knows better; this leaves out what cannot. A nested class counts for the one that it is in. */
    private static boolean mayHoldTests(ClassFile file) {
        String simple = file.name().substring(file.name().lastIndexOf('.') + 1);
        return !file.isAbstract() && !simple.equals("package-info") && !simple.equals("module-info");
    }

    /** Returns their names; nested ones count for the class that they are in. */
    public Set<String> names() {
        return Set.copyOf(tests);
    }

    /** Returns what JUnit is to be asked for to get all of a class's tests: the class, and static ones in it. */
    public List<String> selectable(String test) {
        List<String> names = new ArrayList<>(List.of(test));
        all.values().stream()
                .filter(file -> file.top().equals(test) && !file.name().equals(test) && !file.isAbstract())
                .filter(file -> !file.annotations().containsKey(NESTED)
                        && file.annotations().keySet().stream().anyMatch(type -> type.endsWith("Test")))
                .map(ClassFile::name)
                .sorted()
                .forEach(names::add);
        return names;
    }

    /** Returns the tests that stand on these classes, each with the class that it was reached from. */
    public Map<String, String> standingOn(Collection<String> changed) {
        Map<String, String> reached = new HashMap<>();
        graph.reachedFrom(changed).forEach((name, from) -> {
            String top = top(name);
            if (tests.contains(top)) {
                reached.merge(top, from, (one, other) -> top(one).equals(top) ? one : other);
            }
        });
        return reached;
    }

    /** Returns the class at the top that a class is nested in. */
    public static String top(String name) {
        int dollar = name.indexOf('$', name.lastIndexOf('.') + 2);
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    /**
     * Returns the services that a test uses: named by its annotations, those of what it extends, and of what these are
     * annotated with. An empty set is all of the project's; nothing where it does not say that it uses any.
     */
    public Optional<Set<String>> services(String test) {
        Set<String> services = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        boolean says = false;
        for (ClassFile file : all.values()) {
            if (file.top().equals(test)) {
                says |= collect(file, services, seen);
            }
        }
        return says ? Optional.of(services) : Optional.empty();
    }

    private boolean collect(ClassFile file, Set<String> services, Set<String> seen) {
        if (!seen.add(file.name())) {
            return false;
        }
        Map<String, List<String>> annotations = file.annotations();
        services.addAll(annotations.getOrDefault(CONTAINER_DEV + "#services", List.of()));
        services.addAll(annotations.getOrDefault(FOR_SERVICE + "#value", List.of()));
        boolean says = annotations.containsKey(CONTAINER_DEV)
                || annotations.containsKey(FOR_SERVICE)
                || file.uses().contains(EXTENSION);
        List<String> further = new ArrayList<>(file.parents());
        further.addAll(annotations.keySet());
        for (String name : further) {
            ClassFile next = all.get(name);
            says |= next != null && collect(next, services, seen);
        }
        return says;
    }
}
