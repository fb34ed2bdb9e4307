package dev.devshell.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine listens, and who said so.
 *
 * @param source for people: {@code DOCKER_HOST}, {@code the context "x"}
 * @param tls what to speak TLS with; empty where the address says to speak in the clear, or has another way to be sure
 */
record EngineAddress(URI uri, String source, Optional<TlsMaterial> tls) {
    static final URI DEFAULT = URI.create("unix:///var/run/docker.sock");

    /** Chooses as the docker CLI does: the first of host, context, configured context, default socket that is given. */
    static EngineAddress resolve(Map<String, String> env) {
        String host = env.getOrDefault("DOCKER_HOST", "");
        ContextStore contexts = ContextStore.of(env);
        if (!host.isEmpty()) {
            URI uri = uri(host, "DOCKER_HOST");
            return new EngineAddress(
                    uri, "DOCKER_HOST", "tcp".equals(uri.getScheme()) ? tls(env, contexts) : Optional.empty());
        }
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
        URI uri = uri(contexts.host(context, namedBy), source);
        return new EngineAddress(
                uri, source, "tcp".equals(uri.getScheme()) ? contexts.tls(context, namedBy) : Optional.empty());
    }

    /** Both variables ask for TLS, whatever they say; the first also for certainty about the engine. */
    private static Optional<TlsMaterial> tls(Map<String, String> env, ContextStore contexts) {
        boolean verify = !env.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
        if (!verify && env.getOrDefault("DOCKER_TLS", "").isEmpty()) {
            return Optional.empty();
        }
        String folder = env.getOrDefault("DOCKER_CERT_PATH", "");
        return Optional.of(new TlsMaterial(folder.isEmpty() ? contexts.folder() : Path.of(folder), verify));
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

    /** Returns the socket of this machine, or nothing for an engine that is elsewhere. */
    Optional<Path> socket() {
        return "unix".equals(uri.getScheme()) ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    @Override
    public String toString() {
        return uri + " from " + source;
    }
}
