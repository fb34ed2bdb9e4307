package dev.devshell.junit;

import dev.devshell.compose.ComposeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which project is meant, and which session of it: one boot for each.
 *
 * @param directory where Compose is started; absolute
 * @param env on top of the environment's
 */
record ProjectKey(
        Path directory,
        List<String> files,
        String project,
        List<String> profiles,
        List<String> envFiles,
        Map<String, String> env,
        Mode mode) {
    ProjectKey {
        directory = directory.toAbsolutePath().normalize();
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        envFiles = List.copyOf(envFiles);
        env = Map.copyOf(env);
    }

    ComposeOptions options() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(env);
        return new ComposeOptions(
                directory,
                files.stream().map(Path::of).toList(),
                project.isEmpty() ? Optional.empty() : Optional.of(project),
                Optional.empty(),
                profiles,
                envFiles.stream().map(Path::of).toList(),
                all);
    }

    /** Returns what differs, for people; the values of variables may be secrets. */
    List<String> differences(ProjectKey other) {
        List<String> found = new ArrayList<>();
        compare("directory", directory, other.directory, found);
        compare("files", files, other.files, found);
        compare("project", project, other.project, found);
        compare("profiles", profiles, other.profiles, found);
        compare("envFiles", envFiles, other.envFiles, found);
        compare("env", env.keySet(), other.env.keySet(), found);
        compare("mode", mode, other.mode, found);
        if (found.isEmpty() && !equals(other)) {
            found.add("values of env");
        }
        return found;
    }

    private static void compare(String name, Object here, Object there, List<String> found) {
        if (!here.equals(there)) {
            found.add(name + " " + here + " and " + there);
        }
    }
}
