package dev.devshell.page;

import dev.devshell.DevSession;
import dev.devshell.conflict.ContainerFiles;
import dev.devshell.session.ServicePlan;
import dev.devshell.watch.TestLoop;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the page shows.
 *
 * @param logs what the containers write
 * @param files what stands in the containers
 * @param plans what maps where, read anew for each call
 * @param tests how the tests here are run
 */
public record PageProject(
        DevSession session, LogSource logs, ContainerFiles files, Supplier<List<ServicePlan>> plans, Tests tests) {
    /** How the tests of the directory that the page was asked for in are run. */
    @FunctionalInterface
    public interface Tests {
        /**
         * Returns how to run them.
         *
         * @param watch whether to go on after the first run
         * @throws dev.devshell.DevshellException.Usage where there are none
         */
        TestLoop.Settings settings(boolean watch);
    }
}
