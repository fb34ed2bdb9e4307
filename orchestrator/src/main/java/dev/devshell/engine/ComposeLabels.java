package dev.devshell.engine;

import java.util.List;

/**
 * What Compose wrote on a container, from its {@code com.docker.compose.*} labels.
 *
 * @param number counts the replicas of a service from 1
 * @param oneOff whether {@code compose run} made it
 * @param configHash changes with the service's configuration
 * @param workingDir the project's directory; may be empty
 * @param configFiles the files that the project was read from
 */
public record ComposeLabels(
        String project,
        String service,
        int number,
        boolean oneOff,
        String configHash,
        String image,
        String workingDir,
        List<String> configFiles) {
    public ComposeLabels {
        configFiles = List.copyOf(configFiles);
    }
}
