package dev.devshell.watch.build;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar of classes that run in another program: those of one package, taken from where this program has them, and no others. */
public final class GuestJar {
    private GuestJar() {}

    /** Writes what runs the tests. */
    public static Path worker(Path directory) {
        return write(dev.devshell.watch.worker.Worker.class, directory.resolve("devshell-worker.jar"), List.of());
    }

    /** Writes what asks Maven. */
    public static Path maven(Path directory) {
        return write(
                dev.devshell.watch.worker.Worker.class,
                "dev/devshell/watch/maven",
                directory.resolve("devshell-maven.jar"),
                List.of("META-INF/plexus/components.xml"));
    }

    private static Path write(Class<?> one, Path jar, List<String> more) {
        return write(one, one.getPackageName().replace('.', '/'), jar, more);
    }

    private static Path write(Class<?> one, String directory, Path jar, List<String> more) {
        try {
            Path source = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            Files.createDirectories(jar.getParent());
            Path next = Files.createTempFile(jar.getParent(), "guest", ".jar");
            if (Files.isDirectory(source)) {
                pack(source, directory, more, next);
            } else {
                try (FileSystem files = FileSystems.newFileSystem(source)) {
                    pack(files.getPath("/"), directory, more, next);
                }
            }
            return Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | URISyntaxException e) {
            throw new DevshellException.Failed(
                    "NO-WORKER", "cannot write " + jar, String.valueOf(e.getMessage()), "devshell doctor", e);
        }
    }

    private static void pack(Path root, String directory, List<String> more, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> classes = Files.list(root.resolve(directory))) {
            for (Path path : classes.sorted().toList()) {
                add(zip, directory + "/" + path.getFileName(), path);
            }
            for (String name : more) {
                add(zip, name, root.resolve(name));
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, Path path) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in = Files.newInputStream(path)) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }
}
