package dev.devshell.compose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which project, as the options of {@code docker compose} say it.
 *
 * @param workingDirectory where Compose is started; absolute
 * @param files none: as Compose finds them from the working directory upwards
 * @param environment the whole environment of the programs that are started; never logged
 */
public record ComposeOptions(
        Path workingDirectory,
        List<Path> files,
        Optional<String> projectName,
        Optional<Path> projectDirectory,
        List<String> profiles,
        List<Path> envFiles,
        Map<String, String> environment) {
    public ComposeOptions {
        workingDirectory = workingDirectory.toAbsolutePath().normalize();
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        envFiles = List.copyOf(envFiles);
        environment = Map.copyOf(environment);
    }

    /** The project of a directory, in the environment of this process. */
    public static ComposeOptions of(Path workingDirectory) {
        return new ComposeOptions(
                workingDirectory, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(), System.getenv());
    }

    public ComposeOptions withFiles(List<Path> changed) {
        return new ComposeOptions(
                workingDirectory, changed, projectName, projectDirectory, profiles, envFiles, environment);
    }

    public ComposeOptions withProjectName(String changed) {
        return new ComposeOptions(
                workingDirectory, files, Optional.of(changed), projectDirectory, profiles, envFiles, environment);
    }

    public ComposeOptions withProjectDirectory(Path changed) {
        return new ComposeOptions(
                workingDirectory, files, projectName, Optional.of(changed), profiles, envFiles, environment);
    }

    public ComposeOptions withProfiles(List<String> changed) {
        return new ComposeOptions(
                workingDirectory, files, projectName, projectDirectory, changed, envFiles, environment);
    }

    public ComposeOptions withEnvFiles(List<Path> changed) {
        return new ComposeOptions(
                workingDirectory, files, projectName, projectDirectory, profiles, changed, environment);
    }

    public ComposeOptions withEnvironment(Map<String, String> changed) {
        return new ComposeOptions(workingDirectory, files, projectName, projectDirectory, profiles, envFiles, changed);
    }

    /** Without the environment, which holds secrets. */
    @Override
    public String toString() {
        return "ComposeOptions[" + workingDirectory + ", files=" + files + ", projectName=" + projectName
                + ", projectDirectory=" + projectDirectory + ", profiles=" + profiles + ", envFiles=" + envFiles + "]";
    }
}
