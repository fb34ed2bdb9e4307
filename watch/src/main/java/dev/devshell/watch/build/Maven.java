package dev.devshell.watch.build;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Maven: asked by a spy in it, while it compiles the project with its tests. */
final class Maven implements BuildTool {
    private final Path directory;
    private final Path scratch;

    Maven(Path directory, Path scratch) {
        this.directory = directory;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public List<String> describe(Progress progress) {
        try {
            Path answer = Files.createTempFile(Files.createDirectories(scratch), "model", ".txt");
            List<String> command = command();
            command.add("-Dmaven.ext.class.path=" + GuestJar.maven(scratch));
            command.add("-Ddevshell.watch.model=" + answer);
            command.add("test-compile");
            run(command, progress);
            List<String> lines = Files.readAllLines(answer);
            Files.delete(answer);
            return lines;
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-BUILD-MODEL", "cannot ask Maven", String.valueOf(e.getMessage()), "mvn test-compile", e);
        }
    }

    @Override
    public void compile(Progress progress) {
        List<String> command = command();
        command.add("test-compile");
        run(command, progress);
    }

    private List<String> command() {
        Path wrapper = directory.resolve("mvnw");
        List<String> command = new ArrayList<>();
        command.add(Files.isExecutable(wrapper) ? wrapper.toString() : "mvn");
        command.addAll(
                List.of("-B", "-q", "-ntp", "-f", directory.resolve("pom.xml").toString()));
        return command;
    }

    private void run(List<String> command, Progress progress) {
        new Tool(directory, "Maven").run(command, progress);
    }
}
