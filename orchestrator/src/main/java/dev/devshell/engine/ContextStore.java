package dev.devshell.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The docker CLI's configuration folder, as far as it names engines. */
record ContextStore(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ContextStore of(Map<String, String> env) {
        String configured = env.getOrDefault("DOCKER_CONFIG", "");
        if (!configured.isEmpty()) {
            return new ContextStore(Path.of(configured));
        }
        String home = env.getOrDefault("HOME", System.getProperty("user.home", "/"));
        return new ContextStore(Path.of(home, ".docker"));
    }

    Path configFile() {
        return folder.resolve("config.json");
    }

    Optional<String> current() {
        if (!Files.exists(configFile())) {
            return Optional.empty();
        }
        String name = read(configFile(), configFile().toString())
                .path("currentContext")
                .asText("");
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /** Returns the address that a context gives; {@code namedBy} tells people who asked for it. */
    String host(String context, String namedBy) {
        String host = endpoint(context, namedBy).path("Host").asText("");
        return host.isEmpty() ? EngineAddress.DEFAULT.toString() : host;
    }

    /** Returns what a context speaks TLS with: that it has files for it, or need not verify, says that it does. */
    Optional<TlsMaterial> tls(String context, String namedBy) {
        boolean verify = !endpoint(context, namedBy).path("SkipTLSVerify").asBoolean();
        Path files = folder.resolve(Path.of("contexts", "tls", sha256(context), "docker"));
        return verify && !Files.isDirectory(files) ? Optional.empty() : Optional.of(new TlsMaterial(files, verify));
    }

    private JsonNode endpoint(String context, String namedBy) {
        Path meta = folder.resolve(Path.of("contexts", "meta", sha256(context), "meta.json"));
        if (!Files.exists(meta)) {
            throw Refusals.unknownContext(context, namedBy);
        }
        return read(meta, namedBy).path("Endpoints").path("docker");
    }

    private static JsonNode read(Path file, String source) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw Refusals.badAddress(file.toString(), source, e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
