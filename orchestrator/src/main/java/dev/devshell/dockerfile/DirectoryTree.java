package dev.devshell.dockerfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The files below a directory of this machine. */
public final class DirectoryTree implements SourceTree {
    private static final int MOST_LINKS = 255;

    private final Path root;

    public DirectoryTree(Path root) {
        this.root = root;
    }

    @Override
    public Kind kind(String path) {
        try {
            BasicFileAttributes is =
                    Files.readAttributes(root.resolve(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (is.isSymbolicLink()) {
                return path.isEmpty() ? Kind.DIRECTORY : Kind.LINK;
            }
            return is.isDirectory() ? Kind.DIRECTORY : is.isRegularFile() ? Kind.FILE : Kind.OTHER;
        } catch (IOException absentOrUnreadable) {
            return Kind.ABSENT;
        }
    }

    @Override
    public List<String> children(String directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(directory))) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    @Override
    public Optional<String> resolve(String path) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        String at = "";
        for (int links = 0; !rest.isEmpty(); ) {
            String name = rest.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            String next = name.equals("..") ? UnixPaths.parent(at) : UnixPaths.join(at, name);
            if (kind(next) != Kind.LINK) {
                at = next;
            } else if (++links > MOST_LINKS) {
                return Optional.empty();
            } else {
                String target = link(next);
                at = target.startsWith("/") ? "" : at;
                List<String> components = Arrays.asList(target.split("/", -1));
                for (int i = components.size() - 1; i >= 0; i--) {
                    rest.addFirst(components.get(i));
                }
            }
        }
        return Optional.of(at);
    }

    @Override
    public boolean isArchive(String file) {
        try {
            return ArchiveProbe.isArchive(root.resolve(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private String link(String path) {
        try {
            return Files.readSymbolicLink(root.resolve(path)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
