package dev.devshell.watch;

import dev.devshell.DevshellException;
import dev.devshell.watch.compile.Problem;
import dev.devshell.watch.select.Selection;
import java.nio.file.Path;
import java.util.List;

/** Is told what a {@link TestLoop} does, from one thread. */
public interface TestScreen {
    /** Something takes a while: the build tool, a new JVM. */
    void busy(String with);

    /** These tests are about to run, because of these files; none where a person asked for it. */
    void runs(Selection selection, List<Path> changed);

    void started(String name);

    void finished(TestResult result);

    /** The tests printed something. */
    void printed(String text);

    /** The run is cancelled because of these files; none where a person asked for it. */
    void cancelled(List<Path> changed);

    /** It does not compile; the last results stay. */
    void broken(List<Problem> problems);

    void done(RunResult result);

    /** A change that concerns no test. */
    void nothing(List<Path> changed);

    /** Something failed; the loop goes on. */
    void failed(DevshellException failure);

    /** Something that a person should know. */
    void say(String line);

    /** The loop waits for a change or a key. */
    void waiting(boolean paused, boolean brokenOnly, boolean output);

    /** A person asked for the keys. */
    void help();
}
