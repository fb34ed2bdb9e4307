package dev.devshell.watch.build;

import dev.devshell.watch.build.BuildModel.TestJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From what a build tool wrote down to a model. */
final class FactsReader {
    private static final String FILTERED = "filtered:";
    private static final String CHECKER = "-Xplugin:ErrorProne";

    /** What they put on the path of processors looks at code and makes none: the build's business, and no class is another for it. */
    private static final Set<String> CHECKERS = Set.of(
            "com.google.errorprone", "com.uber.nullaway", "com.palantir.baseline", "tech.picnic.error-prone-support");

    private final Facts facts;

    private FactsReader(Facts facts) {
        this.facts = facts;
    }

    static BuildModel read(Facts facts) {
        return new FactsReader(facts).model();
    }

    private BuildModel model() {
        Path mainClasses = facts.paths("main.classes").get(0);
        Path testClasses = facts.paths("test.classes").get(0);
        List<Path> testPath = facts.paths("test.classpath").stream()
                .filter(path -> !path.equals(testClasses))
                .toList();
        Set<Path> running = new LinkedHashSet<>(testPath);
        running.remove(mainClasses);
        facts.paths("junit").stream().filter(jar -> !hasJar(testPath, jar)).forEach(running::add);
        return new BuildModel(
                facts.directory(),
                sources(
                        "main",
                        mainClasses,
                        facts.paths("main.classpath").stream()
                                .filter(path -> !path.equals(mainClasses))
                                .toList()),
                sources("test", testClasses, testPath),
                List.copyOf(running),
                jvm(),
                facts.paths("file"));
    }

    /** The launcher comes with what it stands on, which is there most often. */
    private static boolean hasJar(List<Path> path, Path jar) {
        return path.stream().anyMatch(one -> one.endsWith(jar.getFileName()));
    }

    private SourceSet sources(String set, Path classes, List<Path> classPath) {
        return new SourceSet(
                facts.paths(set + ".sources"),
                facts.all(set + ".resources").stream()
                        .filter(directory -> !directory.startsWith(FILTERED))
                        .map(Path::of)
                        .toList(),
                classes,
                classPath,
                options(set),
                byTool(set));
    }

    private List<String> options(String set) {
        List<String> options = new ArrayList<>(List.of("-g"));
        String release = first(set, "testRelease", "release");
        if (release.isEmpty()) {
            add(options, "-source", first(set, "testSource", "source"));
            add(options, "-target", first(set, "testTarget", "target"));
        } else {
            add(options, "--release", release);
        }
        add(options, "-encoding", facts.last(set + ".encoding"));
        if (facts.last(set + ".parameters").equals("true")) {
            options.add("-parameters");
        }
        if (facts.last(set + ".enablePreview").equals("true")) {
            options.add("--enable-preview");
        }
        if (!facts.last(set + ".proc").isEmpty()) {
            options.add("-proc:" + facts.last(set + ".proc"));
        }
        if (!facts.all(set + ".processor").isEmpty()) {
            add(options, "-processor", String.join(",", facts.all(set + ".processor")));
        }
        facts.all(set + ".argument").stream()
                .filter(argument -> !argument.startsWith(CHECKER))
                .forEach(options::add);
        return options;
    }

    private String first(String set, String... names) {
        return Stream.of(names)
                .map(name -> facts.last(set + "." + name))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static void add(List<String> options, String name, String value) {
        if (!value.isEmpty()) {
            options.add(name);
            options.add(value);
        }
    }

    private String byTool(String set) {
        boolean makesCode = facts.all(set + ".processorPath").stream()
                .anyMatch(artifact -> !CHECKERS.contains(artifact.split(":", 2)[0]));
        if (makesCode) {
            return "annotation processors have a path of their own";
        }
        String compiler = facts.last(set + ".compilerId");
        return compiler.isEmpty() || compiler.equals("javac") ? "" : "the compiler is " + compiler;
    }

    private TestJvm jvm() {
        Map<String, String> properties = facts.pairs("surefire.systemPropertyVariables");
        return new TestJvm(
                words(facts.last("surefire.argLine")),
                properties,
                facts.pairs("surefire.environmentVariables"),
                tags("surefire.groups"),
                tags("surefire.excludedGroups"));
    }

    /** What another plugin fills in later, as JaCoCo does with its agent, is left out. */
    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.contains("${") && !word.contains("@{"))
                .toList();
    }

    private List<String> tags(String name) {
        return Arrays.stream(facts.last(name).split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty() && !tag.contains("${"))
                .toList();
    }
}
