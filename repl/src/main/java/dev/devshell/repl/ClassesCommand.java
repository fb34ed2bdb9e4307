package dev.devshell.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.net.ssl.SSLContext;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Loads what a start of devshell loads, and ends: the launcher runs it once for each build and lets the JVM archive what is loaded then, which takes
 * the greater part of a start away.
 */
@Command(name = ClassesCommand.NAME, hidden = true, description = "Load devshell's classes (devshell's own use).")
final class ClassesCommand extends Rooted {
    static final String NAME = "__classes";
    /** Whole packages, for a list of classes would have to be kept up to date. */
    private static final List<String> PACKAGES = List.of(
            "dev/devshell/",
            "picocli/",
            "com/fasterxml/jackson/",
            "com/github/dockerjava/",
            "org/jline/keymap/",
            "org/jline/reader/",
            "org/jline/terminal/",
            "org/jline/utils/",
            "org/slf4j/",
            "org/yaml/snakeyaml/");

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        // Every engine's client makes one.
        SSLContext.getDefault();
        try (JarFile jar =
                new JarFile(Path.of(System.getProperty("java.class.path")).toFile())) {
            jar.stream().map(JarEntry::getName).filter(ClassesCommand::isWanted).forEach(ClassesCommand::load);
        }
        return CommandLine.ExitCode.OK;
    }

    private static boolean isWanted(String entry) {
        return entry.endsWith(".class") && PACKAGES.stream().anyMatch(entry::startsWith);
    }

    private static void load(String entry) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, false, ClassesCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // It stands on a library that devshell does without, and so is not loaded at a start either.
            // Not a field: every start makes this command, and a logger that is made before the options are read logs
            // everything.
            LoggerFactory.getLogger(ClassesCommand.class).debug("{} is not archived: {}", name, e.toString());
        }
    }
}
