package dev.devshell.differ;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Edits the host's tree with Java, and with the real {@code sed}, {@code cp}, {@code rm} and {@code git}. */
final class HostHand implements Hand {
    private final Path root;

    HostHand(Path root) {
        this.root = root;
    }

    private Path at(String path) {
        return root.resolve(path);
    }

    private Path made(String path) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        return file;
    }

    @Override
    public void write(String path, String content) throws IOException {
        Files.writeString(made(path), content);
    }

    @Override
    public void append(String path, String content) throws IOException {
        Files.writeString(made(path), content, CREATE, APPEND);
    }

    @Override
    public void halve(String path) throws IOException {
        try (FileChannel channel = FileChannel.open(at(path), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(at(from), at(to), ATOMIC_MOVE);
    }

    @Override
    public void delete(String path) throws IOException {
        if (Files.isDirectory(at(path), LinkOption.NOFOLLOW_LINKS)) {
            Child.attempt(List.of("rm", "-rf", at(path).toString()));
        } else {
            Files.deleteIfExists(at(path));
        }
    }

    @Override
    public void directory(String path) throws IOException {
        Files.createDirectories(at(path));
    }

    @Override
    public void executable(String path, boolean executable) throws IOException {
        Files.setPosixFilePermissions(
                at(path), PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    @Override
    public void link(String path, String target) throws IOException {
        Child.attempt(List.of("ln", "-sfnT", target, at(path).toString()));
    }

    @Override
    public void hardLink(String from, String to) throws IOException {
        Files.createLink(at(to), at(from));
    }

    @Override
    public void sed(String path, String word) throws IOException {
        Child.attempt(List.of("sed", "-i", "s/^/" + word + " /", at(path).toString()));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        Child.attempt(List.of("cp", "-p", at(from).toString(), at(to).toString()));
    }

    @Override
    public void generate(String name) throws IOException {
        Child.attempt(List.of("sh", "-c", "cd \"$0\" && " + Generator.script(name), root.toString()));
    }

    @Override
    public void checkout(String branch) throws IOException {
        Child.attempt(List.of("git", "-C", root.toString(), "checkout", "-q", "-f", branch));
    }
}
