package dev.devshell.sync;

import java.io.IOException;

/** Puts the agent into one container and starts it. */
@FunctionalInterface
public interface AgentStarter {
    /**
     * Starts an agent that nobody has talked to yet.
     *
     * @throws IOException when the container is not there or not running now; it is tried again
     * @throws dev.devshell.DevshellException when it will not work however often it is tried, a root that cannot be written being the usual case
     */
    AgentStream start() throws IOException, InterruptedException;
}
