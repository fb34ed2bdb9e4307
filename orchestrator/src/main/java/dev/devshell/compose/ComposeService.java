package dev.devshell.compose;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service of a project.
 *
 * @param user empty is the image's
 * @param workingDir empty is the image's
 * @param healthcheck whether the Compose file gives it one; its image may have its own
 * @param watch its {@code develop.watch} rules
 * @param sync its own {@code x-devshell}
 */
public record ComposeService(
        String name,
        Optional<String> image,
        Optional<Build> build,
        List<Port> ports,
        List<String> profiles,
        List<Dependency> dependsOn,
        boolean healthcheck,
        String user,
        String workingDir,
        List<Volume> volumes,
        boolean readOnly,
        List<WatchRule> watch,
        SyncSettings sync) {
    public ComposeService {
        ports = List.copyOf(ports);
        profiles = List.copyOf(profiles);
        dependsOn = List.copyOf(dependsOn);
        volumes = List.copyOf(volumes);
        watch = List.copyOf(watch);
    }

    /**
     * How its image is built.
     *
     * @param context an absolute path, or a URL
     * @param dockerfile absolute, or relative to the context; unused where {@code dockerfileInline} is given
     * @param args those that have a value
     * @param additionalContexts name to an absolute path, a URL, {@code docker-image://…} or {@code service:…}
     */
    public record Build(
            String context,
            String dockerfile,
            Optional<String> dockerfileInline,
            Optional<String> target,
            Map<String, String> args,
            Map<String, String> additionalContexts,
            List<String> platforms,
            boolean noCache) {
        public Build {
            args = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(args));
            additionalContexts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(additionalContexts));
            platforms = List.copyOf(platforms);
        }

        /** Returns the context's directory on this machine, or nothing where it is a URL. */
        public Optional<Path> contextDirectory() {
            return context.startsWith("/") ? Optional.of(Path.of(context)) : Optional.empty();
        }

        /** Returns the Dockerfile on this machine, or nothing where it is inline or the context is a URL. */
        public Optional<Path> dockerfilePath() {
            return dockerfileInline.isPresent()
                    ? Optional.empty()
                    : contextDirectory().map(dir -> dir.resolve(dockerfile));
        }
    }

    /**
     * A port that it publishes.
     *
     * @param published a number, a range, or empty for one that the engine chooses
     */
    public record Port(int target, String published, String hostIp, String protocol) {}

    /**
     * A service that must come first.
     *
     * @param condition {@code service_started}, {@code service_healthy} or {@code service_completed_successfully}
     */
    public record Dependency(String service, String condition, boolean required) {}

    /**
     * Something mounted into its containers.
     *
     * @param type {@code bind}, {@code volume}, {@code tmpfs} and so on
     * @param source empty where there is none
     */
    public record Volume(String type, String source, String target, boolean readOnly) {}
}
