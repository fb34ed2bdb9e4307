package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instructions of a stage have set so far, and what the next stage takes over.
 *
 * <p>{@code ENV} and {@code ARG} share one scope in which the later one wins; at the beginning of a stage what the image
 * holds, which is {@code ENV} alone, is set anew.
 */
final class StageState {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, String> imageEnv = new LinkedHashMap<>();
    private List<String> onbuild = new ArrayList<>();
    private String workdir = "/";

    static StageState of(BaseImage image) {
        StageState state = new StageState();
        state.imageEnv.putAll(image.env());
        state.imageEnv.putIfAbsent("PATH", DEFAULT_PATH);
        state.workdir(image.workdir());
        state.onbuild.addAll(image.onbuild());
        return state;
    }

    /** Enters the next stage; returns the triggers to run first. */
    List<String> enter() {
        variables.putAll(imageEnv);
        List<String> triggers = onbuild;
        onbuild = new ArrayList<>();
        return triggers;
    }

    void env(String name, String value) {
        imageEnv.put(name, value);
        variables.put(name, value);
    }

    void arg(String name, String value) {
        variables.put(name, value);
    }

    Expander.Variables variables() {
        return variables::get;
    }

    String workdir() {
        return workdir;
    }

    void workdir(String path) {
        workdir = path.startsWith("/") ? UnixPaths.absolute(path) : UnixPaths.absolute(workdir + "/" + path);
    }

    void onbuild(String trigger) {
        onbuild.add(trigger);
    }
}
