package dev.devshell.conflict;

import java.io.IOException;

/** Looks at files of containers. */
@FunctionalInterface
public interface ContainerFiles {
    /**
     * Returns what stands at a path of a container.
     *
     * @param most how many bytes of a file are read
     * @throws IOException where it cannot be read
     */
    Contents read(String containerId, String path, int most) throws IOException;
}
