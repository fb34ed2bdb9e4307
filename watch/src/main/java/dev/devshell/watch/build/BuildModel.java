package dev.devshell.watch.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A project with tests, as its build tool sees it.
 *
 * @param directory of the project
 * @param testClassPath what tests see, without the directories of {@code main} and {@code test}, with JUnit's launcher
 * @param jvm how the build tool runs the tests
 * @param files those that this was read from: when one of them changes, it is out of date
 */
public record BuildModel(
        Path directory, SourceSet main, SourceSet test, List<Path> testClassPath, TestJvm jvm, List<Path> files) {
    public BuildModel {
        testClassPath = List.copyOf(testClassPath);
        files = List.copyOf(files);
    }

    /**
     * How tests are run.
     *
     * @param arguments of the JVM
     * @param properties system properties
     * @param includeTags tag expressions of which one has to match; all tests without one
     * @param excludeTags tag expressions of which none may match
     */
    public record TestJvm(
            List<String> arguments,
            Map<String, String> properties,
            Map<String, String> environment,
            List<String> includeTags,
            List<String> excludeTags) {
        public TestJvm {
            arguments = List.copyOf(arguments);
            properties = Map.copyOf(properties);
            environment = Map.copyOf(environment);
            includeTags = List.copyOf(includeTags);
            excludeTags = List.copyOf(excludeTags);
        }
    }
}
