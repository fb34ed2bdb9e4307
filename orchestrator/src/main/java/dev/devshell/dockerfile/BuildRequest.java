package dev.devshell.dockerfile;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One build, as Compose would ask for it.
 *
 * @param file name of the Dockerfile, for messages
 * @param text its text
 * @param target stage to build, null for the last
 * @param buildArgs the build's arguments
 * @param platform what is built for, like {@code linux/amd64} or {@code linux/arm/v7}
 * @param buildPlatform what is built on
 * @param context the main context
 * @param contexts additional contexts that are local directories, by name
 * @param otherContexts names of the additional contexts that are not: images, stages of other builds, URLs
 * @param directories what directories the image has
 */
public record BuildRequest(
        String file,
        String text,
        @Nullable String target,
        Map<String, String> buildArgs,
        String platform,
        String buildPlatform,
        BuildContext context,
        Map<String, BuildContext> contexts,
        Set<String> otherContexts,
        ImageDirectories directories) {
    public BuildRequest {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(context, "context");
        buildArgs = Map.copyOf(buildArgs);
        contexts = Map.copyOf(contexts);
        otherContexts = Set.copyOf(otherContexts);
    }

    /** Returns a plain build of the last stage, for Linux on amd64, with nothing but one context. */
    public static BuildRequest of(String text, BuildContext context) {
        return new BuildRequest(
                "Dockerfile",
                text,
                null,
                Map.of(),
                "linux/amd64",
                "linux/amd64",
                context,
                Map.of(),
                Set.of(),
                ImageDirectories.CUSTOMARY);
    }

    /** Returns the context of that name; {@code ""} is the main one. */
    BuildContext contextNamed(String name) {
        return name.isEmpty() ? context : Objects.requireNonNull(contexts.get(name));
    }
}
