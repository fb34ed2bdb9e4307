package dev.devshell.engine;

import java.util.List;

/**
 * What an image hands down to those built from it and to its containers.
 *
 * @param workingDir empty is {@code /}
 * @param env each {@code NAME=value}
 * @param onBuild Dockerfile instructions, as written
 * @param user empty is root
 * @param architecture in Go's words: {@code amd64}, {@code arm64}
 */
public record ImageFacts(
        String id, String workingDir, List<String> env, List<String> onBuild, String user, String architecture) {
    public ImageFacts {
        env = List.copyOf(env);
        onBuild = List.copyOf(onBuild);
    }
}
