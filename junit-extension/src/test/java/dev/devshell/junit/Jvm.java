package dev.devshell.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs one test class in a JVM of its own; its exit code is how many tests failed, 99 where none ran. */
final class Jvm {
    private Jvm() {}

    static Process start(Class<?> testClass, PageProject project, Path log) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                Jvm.class.getName(),
                testClass.getName()));
        builder.environment().put("PAGE_PROJECT", project.directory().toString());
        builder.environment().putAll(project.env());
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    public static void main(String[] arguments) throws ClassNotFoundException {
        var results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Class.forName(arguments[0])))
                .execute();
        results.allEvents().failed().stream().forEach(event -> System.err.println(event.getPayload()));
        long failed = results.allEvents().failed().count();
        System.exit(results.testEvents().succeeded().count() == 0 ? 99 : (int) failed);
    }
}
