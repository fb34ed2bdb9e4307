package dev.devshell.dockerfile;

import java.util.List;
import java.util.Map;

/**
 * What the build takes over from an image it is {@code FROM}.
 *
 * @param workdir its working directory, {@code ""} for none
 * @param env in the order of the image's configuration
 * @param onbuild its triggers, each an instruction
 */
public record BaseImage(String workdir, Map<String, String> env, List<String> onbuild) {
    /** The empty image. */
    public static final BaseImage SCRATCH = new BaseImage("", Map.of(), List.of());

    public BaseImage {
        env = Map.copyOf(env);
        onbuild = List.copyOf(onbuild);
    }
}
