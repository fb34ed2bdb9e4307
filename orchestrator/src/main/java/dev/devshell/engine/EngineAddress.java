package dev.devshell.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine listens, and who said so.
 *
 * @param source for people: {@code DOCKER_HOST}, {@code the context "x"}
 * @param context the docker CLI's name for it; empty for one that has none
 */
record EngineAddress(URI uri, String source, Optional<String> context) {
    static final URI DEFAULT = URI.create("unix:///var/run/docker.sock");

    /** Chooses as the docker CLI does: the first of host, context, configured context, default socket that is given. */
    static EngineAddress resolve(Map<String, String> env) {
        String host = env.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return new EngineAddress(uri(host, "DOCKER_HOST"), "DOCKER_HOST", Optional.empty());
        }
        ContextStore contexts = ContextStore.of(env);
        String named = env.getOrDefault("DOCKER_CONTEXT", "");
        if (!named.isEmpty()) {
            return of(named, "DOCKER_CONTEXT", contexts);
        }
        Optional<String> current = contexts.current();
        if (current.isPresent()) {
            return of(current.get(), contexts.configFile().toString(), contexts);
        }
        return new EngineAddress(DEFAULT, "the default", Optional.empty());
    }

    private static EngineAddress of(String context, String namedBy, ContextStore contexts) {
        if (context.equals("default")) {
            return new EngineAddress(DEFAULT, "the default context", Optional.empty());
        }
        String source = "the context \"" + context + "\" (" + namedBy + ")";
        return new EngineAddress(uri(contexts.host(context, namedBy), source), source, Optional.of(context));
    }

    private static URI uri(String host, String source) {
        try {
            URI uri = URI.create(host.contains("://") ? host : "tcp://" + host);
            if (uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw Refusals.badAddress(host, source, e);
        }
        throw Refusals.badAddress(host, source, null);
    }

    /** Returns the socket to talk to directly, or nothing for an address that only the docker CLI may speak to. */
    Optional<Path> socket() {
        return "unix".equals(uri.getScheme()) ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    /** Returns the arguments that lead the docker CLI to the same engine. */
    List<String> cliArguments() {
        return context.map(name -> List.of("--context", name)).orElseGet(() -> List.of("--host", uri.toString()));
    }

    @Override
    public String toString() {
        return uri + " from " + source;
    }
}
