package dev.devshell.watch;

import dev.devshell.DevshellException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told what a {@link CommandLoop} does, from one thread. */
public interface CommandScreen {
    /**
     * The command is about to run.
     *
     * @param changed what has changed since it last ran; empty at the first time
     * @param sinceSaved from the last of these changes until all of them were in the containers
     */
    void runs(List<Path> changed, Duration sinceSaved);

    /** The command ended; the loop waits for the next change. */
    void ended(int code, Duration took);

    /** The command is cancelled because of these. */
    void cancelled(List<Path> changed);

    /** The command could not be run, or changes not be waited for; the loop waits for the next change. */
    void failed(DevshellException failure);
}
