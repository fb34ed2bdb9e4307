package dev.devshell.session;

import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.sync.core.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands at the host paths of triggers, as far as a build tells one from another. */
final class TriggerFiles {
    static final String ABSENT = "absent";
    private static final Logger LOG = LoggerFactory.getLogger(TriggerFiles.class);
    private static final int BUFFER = 64 * 1024;

    private TriggerFiles() {}

    /** Returns the state of every file and link of the triggers, by its path. */
    static Map<String, String> read(Collection<Trigger> triggers) {
        Map<String, String> states = new TreeMap<>();
        for (Trigger trigger : triggers) {
            Path root = trigger.root();
            if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
                walk(trigger, root, states);
            } else {
                states.put(root.toString(), state(root));
            }
        }
        return states;
    }

    private static void walk(Trigger trigger, Path root, Map<String, String> states) {
        try {
            Files.walkFileTree(root, new Walk(trigger, states));
        } catch (IOException e) {
            LOG.warn("cannot tell whether {} has changed since the build: {}", root, e.toString());
        }
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Trigger trigger;
        private final List<IgnoreMatcher> matchers;
        private final Map<String, String> states;

        Walk(Trigger trigger, Map<String, String> states) {
            this.trigger = trigger;
            this.matchers = trigger.matchers();
            this.states = states;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String path = trigger.context().relativize(dir).toString();
            boolean enter = path.isEmpty()
                    || matchers.stream()
                            .map(matcher -> matcher.verdict(path, true))
                            .allMatch(verdict -> !verdict.ignored() || verdict.descend());
            return enter ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = trigger.context().relativize(file).toString();
            if (matchers.stream()
                    .noneMatch(matcher -> matcher.verdict(path, false).ignored())) {
                states.put(file.toString(), state(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** Returns what stands at a path: a file's content and executable bit, a link's target, or nothing of the kind. */
    static String state(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return "link " + Files.readSymbolicLink(path);
            }
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                return ABSENT;
            }
            try (InputStream in = Files.newInputStream(path)) {
                return state(in, Long.MAX_VALUE, Files.isExecutable(path));
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", path, e);
            return ABSENT;
        }
    }

    /** Returns the state of a file whose content are the next bytes of a stream. */
    static String state(InputStream in, long size, boolean executable) throws IOException {
        MessageDigest digest = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                break;
            }
            digest.update(buffer, 0, read);
            left -= read;
        }
        return (executable ? "executable " : "file ") + HexFormat.of().formatHex(digest.digest());
    }
}
