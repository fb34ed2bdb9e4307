package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real engine, by its command line. */
final class Engine {
    private Engine() {}

    /** Builds a case and unpacks the image's file system. */
    static void build(BuildCase build, Path directory, Path into) throws IOException, InterruptedException {
        Path main = directory.resolve("main");
        List<String> command = new ArrayList<>(List.of(
                "docker", "buildx", "build", "--quiet", "--provenance=false", "--output", "type=tar,dest=" + into));
        command.addAll(List.of("--file", main.resolve(build.dockerfile).toString()));
        if (!build.target.isEmpty()) {
            command.addAll(List.of("--target", build.target));
        }
        build.args.forEach((name, value) -> command.addAll(List.of("--build-arg", name + "=" + value)));
        for (String context : build.contexts) {
            command.addAll(List.of("--build-context", context + "=" + directory.resolve(context)));
        }
        command.add(main.toString());
        run(main, command.toArray(String[]::new));
    }

    static void buildBase(String name, String dockerfile, Path empty) throws IOException, InterruptedException {
        Path file = Files.writeString(empty.resolve("Dockerfile"), dockerfile);
        run(empty, "docker", "build", "--quiet", "--tag", name, "--file", file.toString(), empty.toString());
    }

    static void removeImage(String name) throws IOException, InterruptedException {
        run(Path.of("."), "docker", "image", "rm", "--force", name);
    }

    static BaseImage inspect(String image) {
        try {
            String answer = run(Path.of("."), "docker", "image", "inspect", "--format", "{{json .Config}}", image);
            JsonNode config = new ObjectMapper().readTree(answer);
            Map<String, String> env = new LinkedHashMap<>();
            for (JsonNode variable : config.path("Env")) {
                String text = variable.asText();
                env.put(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
            }
            List<String> onbuild = new ArrayList<>();
            config.path("OnBuild").forEach(trigger -> onbuild.add(trigger.asText()));
            return new BaseImage(config.path("WorkingDir").asText(), env, onbuild);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command to its end and returns what it printed; fails with both outputs when it fails. */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectError(errors.toFile());
            builder.environment().put("DOCKER_BUILDKIT", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n" + answer + Files.readString(errors));
            }
            return answer;
        } finally {
            Files.delete(errors);
        }
    }
}
