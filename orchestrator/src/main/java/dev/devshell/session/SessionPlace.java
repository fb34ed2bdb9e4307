package dev.devshell.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where a project's session keeps its things and is found; the same in every process of one user.
 *
 * @param runtime holds the socket; gone with the session
 * @param state holds what outlives it: the ancestors, the history, the log
 */
public record SessionPlace(Path runtime, Path state) {
    /** A socket's path has to fit into 108 bytes on Linux and 104 on macOS, its end included. */
    private static final int LONGEST_SOCKET = 100;

    private static final int LONGEST_NAME = 24;

    /**
     * Returns the place of a project; nothing is created.
     *
     * @param directory the project's
     * @param env of the process, for {@code XDG_RUNTIME_DIR}, {@code XDG_STATE_HOME} and {@code HOME}
     */
    public static SessionPlace of(Path directory, String project, Map<String, String> env) {
        String key = shortened(project) + "-" + hash(real(directory) + "\0" + project);
        Path runtime = runtimeRoot(env).resolve(key);
        if (bytes(runtime.resolve("sock")) >= LONGEST_SOCKET) {
            runtime = fallbackRoot().resolve(key);
        }
        return new SessionPlace(runtime, stateRoot(env).resolve(key));
    }

    /** Returns the directory that holds the runtime directory of every project. */
    public static Path runtimeRoot(Map<String, String> env) {
        String given = env.getOrDefault("XDG_RUNTIME_DIR", "");
        return given.startsWith("/") && Path.of(given).toFile().canWrite()
                ? Path.of(given, "devshell")
                : fallbackRoot();
    }

    /** Returns the directory that holds the state of every project. */
    public static Path stateRoot(Map<String, String> env) {
        String given = env.getOrDefault("XDG_STATE_HOME", "");
        String home = env.getOrDefault("HOME", System.getProperty("user.home"));
        return given.startsWith("/") ? Path.of(given, "devshell") : Path.of(home, ".local", "state", "devshell");
    }

    private static Path fallbackRoot() {
        return Path.of("/tmp", "devshell-" + User.id());
    }

    public Path socket() {
        return runtime.resolve("sock");
    }

    public Path lock() {
        return state.resolve("lock");
    }

    public Path log() {
        return state.resolve("session.log");
    }

    /** Makes both directories, or refuses those that others can enter. */
    public SessionPlace create() {
        PrivateDirectory.ensure(runtime.resolveSibling(""));
        PrivateDirectory.ensure(runtime);
        PrivateDirectory.ensure(state);
        return this;
    }

    /** Removes what is there for a live session only. */
    void leave() {
        try {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(runtime);
        } catch (IOException e) {
            throw new UncheckedIOException("removing " + runtime, e);
        }
    }

    private static String shortened(String project) {
        return project.length() <= LONGEST_NAME ? project : project.substring(0, LONGEST_NAME);
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static String real(Path directory) {
        try {
            return directory.toRealPath().toString();
        } catch (IOException e) {
            // A project whose directory is gone can still be taken down.
            return directory.toAbsolutePath().normalize().toString();
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
