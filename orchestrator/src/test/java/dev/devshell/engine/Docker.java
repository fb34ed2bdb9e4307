package dev.devshell.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A Compose project on the real engine, made with the docker CLI and the labels that Compose would write; everything of it is
 * removed at the end.
 */
public final class Docker implements AutoCloseable {
    public static final String DEBIAN = "debian:trixie-slim";

    public final String project = "engine-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> images = new ArrayList<>();
    private final Map<String, String> env;

    Docker() {
        this(Map.of());
    }

    /** On the engine that an environment leads to. */
    public Docker(Map<String, String> env) {
        this.env = env;
    }

    /** Starts a container of a service that does nothing for ever. */
    public String run(String service, int number, String... options) {
        return create("run", service, number, options, DEBIAN, "sleep", "infinity");
    }

    /** Starts a container whose only file is {@link CatProgram}, as {@code /cat}. */
    String runScratch(String architecture, String... options) {
        String image = project + "-scratch";
        byte[] tar =
                new Tar(1024).file("cat", 0755, CatProgram.bytes(architecture)).bytes();
        cli(tar, "import", "-c", "USER 1000:1000", "-", image);
        images.add(image);
        return create("run", "scratch", 1, options, image, "/cat");
    }

    private String create(String verb, String service, int number, String[] options, String... imageAndCommand) {
        List<String> args = new ArrayList<>(List.of(verb, "-d", "-i"));
        Map.of(
                        "project", project,
                        "service", service,
                        "container-number", String.valueOf(number),
                        "oneoff", "False",
                        "config-hash", "c0ffee",
                        "image", "sha256:feed",
                        "project.working_dir", "/home/dev/blog",
                        "project.config_files", "/home/dev/blog/compose.yaml,/home/dev/blog/compose.override.yaml")
                .forEach((name, value) -> args.addAll(List.of("--label", "com.docker.compose." + name + "=" + value)));
        args.addAll(List.of(options));
        args.addAll(List.of(imageAndCommand));
        return cli(new byte[0], args.toArray(String[]::new));
    }

    /** Runs the docker CLI and returns what it printed, stripped. */
    static String docker(String... args) {
        return docker(new byte[0], args);
    }

    static String docker(byte[] input, String... args) {
        return run(Map.of(), input, args);
    }

    /** The same on this project's engine. */
    public String cli(byte[] input, String... args) {
        return run(env, input, args);
    }

    private static String run(Map<String, String> env, byte[] input, String... args) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(args));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(env);
            Process child = builder.start();
            try (OutputStream stdin = child.getOutputStream()) {
                stdin.write(input);
            }
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            child.getInputStream().transferTo(output);
            if (child.waitFor() != 0) {
                throw new AssertionError("failed with " + child.exitValue() + ": " + command);
            }
            return output.toString(StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        String ids = cli(new byte[0], "ps", "-aq", "--filter", "label=com.docker.compose.project=" + project);
        ids.lines().forEach(id -> cli(new byte[0], "rm", "-f", "-v", id));
        images.forEach(image -> cli(new byte[0], "rmi", "-f", image));
    }
}
