package dev.devshell.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A second engine, in a network namespace of its own, with TLS and an sshd: one for all tests of this process, and gone with it, for
 * it lives as long as the pipe to it ({@code src/test/sh/remote-engine}).
 */
public final class RemoteEngine {
    public static final int TLS_PORT = 2376;
    public static final int SSH_PORT = 22;
    /** The name that ssh's configuration gives it. */
    static final String ALIAS = "devshell-remote";

    private static @Nullable RemoteEngine running;

    public final Path folder;
    public final String host;
    private final BufferedWriter words;
    private final BufferedReader answers;

    private RemoteEngine(Path folder, String host, BufferedWriter words, BufferedReader answers) {
        this.folder = folder;
        this.host = host;
        this.words = words;
        this.answers = answers;
    }

    /** Kills the engine, with -9; its containers are left to themselves until it is started again. */
    public void kill() {
        say("kill");
    }

    /**
     * Starts it again after {@link #kill}.
     *
     * @param live whether it keeps the containers that still run; otherwise it ends them
     */
    public void start(boolean live) {
        say(live ? "start-live" : "start");
    }

    private synchronized void say(String word) {
        try {
            words.write(word + "\n");
            words.flush();
            String answer = answers.readLine();
            if (!word.equals(answer)) {
                throw new AssertionError("the second engine does not " + word + ", but said: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the engine, started at the first call; it has the image {@link Docker#DEBIAN} then. */
    public static synchronized RemoteEngine get() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static RemoteEngine start() {
        try {
            // Its input is this end's pipe, which nobody closes but the end of this process.
            Process script = new ProcessBuilder("setsid", "src/test/sh/remote-engine")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader answers = script.inputReader(UTF_8);
            String ready = answers.readLine();
            if (ready == null) {
                throw new AssertionError("the second engine did not come up; the reason is above");
            }
            String[] words = ready.split(" ", 2);
            RemoteEngine engine = new RemoteEngine(Path.of(words[0]), words[1], script.outputWriter(UTF_8), answers);
            engine.load();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load() throws IOException {
        Path image = folder.resolve("image.tar");
        Docker.docker("save", "-o", image.toString(), Docker.DEBIAN);
        Docker.docker("-H", "unix://" + folder.resolve("docker.sock"), "load", "-q", "-i", image.toString());
        Files.delete(image);
    }

    /** An environment in which the docker CLI speaks TLS with the engine, at this address. */
    public Map<String, String> tls(String host, int port) {
        return environment(
                "DOCKER_HOST",
                "tcp://" + host + ":" + port,
                "DOCKER_TLS_VERIFY",
                "1",
                "DOCKER_CERT_PATH",
                folder.toString());
    }

    /** An environment in which the docker CLI reaches the engine by ssh, at this address. */
    public Map<String, String> ssh(String hostAndPort) {
        return environment("DOCKER_HOST", "ssh://" + hostAndPort + folder + "/docker.sock");
    }

    /** This process's environment without what leads to an engine, and with an ssh that knows the keys. */
    Map<String, String> environment(String... more) {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.keySet().removeIf(name -> name.startsWith("DOCKER_"));
        env.put("DOCKER_CONFIG", folder.resolve("docker-config").toString());
        env.merge("PATH", folder.resolve("bin").toString(), (path, own) -> own + File.pathSeparator + path);
        for (int i = 0; i < more.length; i += 2) {
            env.put(more[i], more[i + 1]);
        }
        return env;
    }
}
