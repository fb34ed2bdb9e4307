package dev.devshell.session;

import dev.devshell.dockerfile.BaseImage;
import dev.devshell.dockerfile.BaseImages;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ImageFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks base images up in the engine, and remembers those that it does not have. */
final class EngineImages implements BaseImages {
    private final Supplier<Engine> engine;
    private final List<String> unknown = new ArrayList<>();

    EngineImages(Supplier<Engine> engine) {
        this.engine = engine;
    }

    @Override
    public BaseImage find(String name) {
        Optional<ImageFacts> facts = engine.get().image(name);
        if (facts.isEmpty()) {
            // A build may pull an image into its cache alone, where the engine does not show it.
            unknown.add(name);
            return BaseImage.SCRATCH;
        }
        return new BaseImage(
                facts.get().workingDir(),
                variables(facts.get().env()),
                facts.get().onBuild());
    }

    /** Returns the images that were asked for in vain. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    private static Map<String, String> variables(List<String> env) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : env) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                variables.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }
}
