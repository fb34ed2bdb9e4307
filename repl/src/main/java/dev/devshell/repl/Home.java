package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where devshell's own files are. */
final class Home {
    private Home() {}

    /** Returns the directory that the examples are in: as the launcher says, else above the jar. */
    static Path find() {
        String given = System.getProperty("devshell.home", "");
        for (Path directory = given.isEmpty() ? jar() : Path.of(given);
                directory != null;
                directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("examples/rails/compose.yaml"))) {
                return directory;
            }
        }
        throw new DevshellException.Failed(
                "NO-EXAMPLE",
                "the Rails example is not there",
                "it was looked for in the directories above " + jar(),
                "run ./devshell of a clone of the repository");
    }

    private static Path jar() {
        try {
            return Path.of(Home.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar's own address is none", e);
        }
    }
}
