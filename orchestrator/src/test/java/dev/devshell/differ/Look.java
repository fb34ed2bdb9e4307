package dev.devshell.differ;

import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a tree that others are changing: what is seen of one path was there, at one instant. For one thread.
 */
final class Look {
    private static final int HEAD = 40;
    private static final int KIND = 0170000;
    private static final int FILE = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final String TEMPORARY = ".devshell-tmp-";

    private final Path root;
    private final List<IgnoreMatcher> ignored;
    private final Map<Signature, Standing> read = new HashMap<>();

    private Look(Path root, List<IgnoreMatcher> ignored) {
        this.root = root;
        this.ignored = ignored;
    }

    /** At what is synced below a directory. */
    static Look atSynced(Path root) {
        return new Look(root, List.of(IgnoreRules.EDITORS.matcher(), IgnoreRules.PROTECTED.matcher()));
    }

    /** At all that is below a directory. */
    static Look atAll(Path root) {
        return new Look(root, List.of());
    }

    private record Signature(long inode, long size, FileTime changed, FileTime modified, int mode) {
        static Signature of(Path path) throws IOException {
            Map<String, Object> stat =
                    Files.readAttributes(path, "unix:ino,size,ctime,lastModifiedTime,mode", LinkOption.NOFOLLOW_LINKS);
            return new Signature(
                    value(stat, "ino", Long.class),
                    value(stat, "size", Long.class),
                    value(stat, "ctime", FileTime.class),
                    value(stat, "lastModifiedTime", FileTime.class),
                    value(stat, "mode", Integer.class));
        }

        private static <T> T value(Map<String, Object> stat, String name, Class<T> type) {
            return Objects.requireNonNull(type.cast(stat.get(name)), name);
        }

        int kind() {
            return mode & KIND;
        }
    }

    /** Returns everything below the root. */
    Map<String, Standing> tree() throws IOException {
        Map<String, Standing> seen = new TreeMap<>();
        below("", seen);
        return seen;
    }

    /** Returns what is at a path and below it. */
    Map<String, Standing> at(String path) throws IOException {
        Map<String, Standing> seen = new TreeMap<>();
        visit(path, seen);
        return seen;
    }

    private void below(String directory, Map<String, Standing> seen) throws IOException {
        try (DirectoryStream<Path> names = Files.newDirectoryStream(root.resolve(directory))) {
            for (Path name : names) {
                visit(Paths.join(directory, name.getFileName().toString()), seen);
            }
        } catch (FileSystemException | DirectoryIteratorException e) {
            gone(e);
        }
    }

    private void visit(String path, Map<String, Standing> seen) throws IOException {
        Optional<Standing> standing = one(path);
        if (standing.isPresent() && !isIgnored(path, standing.get().node() instanceof Node.Directory)) {
            seen.put(path, standing.get());
            if (standing.get().node() instanceof Node.Directory) {
                below(path, seen);
            }
        }
    }

    private boolean isIgnored(String path, boolean directory) {
        return path.substring(path.lastIndexOf('/') + 1).startsWith(TEMPORARY)
                || ignored.stream()
                        .anyMatch(rules -> rules.verdict(path, directory).ignored());
    }

    /** Returns what is at a path; nothing where it was changing, or is no more. */
    private Optional<Standing> one(String path) throws IOException {
        Path file = root.resolve(path);
        try {
            Signature signature = Signature.of(file);
            Standing known = read.get(signature);
            if (known != null) {
                return Optional.of(known);
            }
            Standing standing = read(file, signature);
            if (standing == null || !Signature.of(file).equals(signature)) {
                return Optional.empty();
            }
            if (standing.node() instanceof Node.File) {
                read.put(signature, standing);
            }
            return Optional.of(standing);
        } catch (FileSystemException e) {
            gone(e);
            return Optional.empty();
        }
    }

    private static @Nullable Standing read(Path file, Signature signature) throws IOException {
        long since = signature.changed().toMillis();
        if (signature.kind() == FILE) {
            byte[] content = Files.readAllBytes(file);
            String head = new String(content, 0, Math.min(HEAD, content.length), StandardCharsets.UTF_8);
            Node node = new Node.File(Digest.of(content), (signature.mode() & 0100) != 0);
            return content.length == signature.size() ? new Standing(node, since, head.replace("\n", "\\n")) : null;
        }
        if (signature.kind() == LINK) {
            return new Standing(new Node.Link(Files.readSymbolicLink(file).toString()), since, "");
        }
        return new Standing(signature.kind() == DIRECTORY ? Node.directory() : Node.special(), since, "");
    }

    /** What is gone, or has become something else, between one call and the next was changing: it is not seen. */
    private static void gone(Exception e) {
        if (e instanceof DirectoryIteratorException && !(e.getCause() instanceof FileSystemException)) {
            throw new IllegalStateException(e);
        }
    }
}
