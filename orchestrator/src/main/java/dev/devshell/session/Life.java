package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.compose.WatchRule;

/** What a change of a file can lead to besides its sync; each returns when it is done. */
interface Life {
    /**
     * Waits until what has changed so far is in the containers.
     *
     * @throws DevshellException.Failed when it is not in time
     */
    void flush();

    /** Returns whether the image that it runs was built from other files than there are now. */
    boolean isStale(String service);

    /**
     * Builds the image anew and replaces the containers.
     *
     * @throws DevshellException when it cannot be built or does not start
     */
    void rebuild(String service);

    void restart(String service);

    /** Runs the command of a rule in every container of the service. */
    void exec(String service, WatchRule rule);
}
