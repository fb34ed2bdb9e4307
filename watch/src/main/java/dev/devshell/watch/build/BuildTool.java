package dev.devshell.watch.build;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program that builds a project. */
public interface BuildTool {
    /** Returns its name, as people say it. */
    String name();

    /** Returns the directory of the build file. */
    Path directory();

    /**
     * Compiles the project with its tests, and returns what it knows of it, as lines of a name, a tab and a value.
     *
     * @throws DevshellException.Failed {@code BUILD-FAILED} with what it said
     */
    List<String> describe(Progress progress);

    /**
     * Compiles the project with its tests.
     *
     * @throws DevshellException.Failed {@code BUILD-FAILED} with what it said
     */
    void compile(Progress progress);

    /**
     * Finds the project that a directory belongs to: the nearest one above that has a build file.
     *
     * @param scratch a directory of ours
     * @throws DevshellException.Usage {@code NO-BUILD} where there is none
     */
    static BuildTool find(Path directory, Path scratch) {
        for (Path at = directory; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("pom.xml"))) {
                return new Maven(at, scratch);
            }
        }
        throw new DevshellException.Usage(
                "NO-BUILD",
                "there are no tests to be run here",
                "neither " + directory + " nor a directory above has a pom.xml",
                "run it in the directory of a Maven project");
    }
}
