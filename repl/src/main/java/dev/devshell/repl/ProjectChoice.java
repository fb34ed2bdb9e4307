package dev.devshell.repl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which project is meant, as the options say it; Compose fills in the rest. */
record ProjectChoice(
        List<String> files,
        @Nullable String name,
        @Nullable Path directory,
        List<String> profiles,
        List<String> envFiles) {
    ProjectChoice {
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        envFiles = List.copyOf(envFiles);
    }

    /** Returns the options that say the same to another devshell process. */
    List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        files.forEach(file -> arguments.addAll(List.of("--file", file)));
        if (name != null) {
            arguments.addAll(List.of("--project-name", name));
        }
        if (directory != null) {
            arguments.addAll(List.of("--project-directory", directory.toString()));
        }
        profiles.forEach(profile -> arguments.addAll(List.of("--profile", profile)));
        envFiles.forEach(file -> arguments.addAll(List.of("--env-file", file)));
        return arguments;
    }
}
