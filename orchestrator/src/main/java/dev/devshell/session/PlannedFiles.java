package dev.devshell.session;

import dev.devshell.session.ServicePlan.PlannedFile;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists the host's files that a plan covers. */
final class PlannedFiles {
    private final ServicePlan plan;
    private final SyncPlan sync;

    PlannedFiles(ServicePlan plan) {
        this.plan = plan;
        this.sync = plan.sync();
    }

    void forEach(Consumer<PlannedFile> consumer) {
        for (int i = 0; i < sync.roots().size(); i++) {
            Root root = sync.roots().get(i);
            int line = plan.mappings().get(i).line();
            for (Path file : filesOf(root)) {
                HostPath host = new HostPath(root.host().context(), relative(root, file));
                containerOf(root, host)
                        .ifPresent(container -> consumer.accept(new PlannedFile(host.path(), container, line)));
            }
        }
    }

    private static String relative(Root root, Path file) {
        return root.host().context().relativize(file).toString();
    }

    private List<Path> filesOf(Root root) {
        Path start = root.host().toPath();
        if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(start, new Walk(root, found));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + start, e);
        }
        Collections.sort(found);
        return found;
    }

    /** Skips what is ignored as a whole. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Root root;
        private final List<Path> found;

        Walk(Root root, List<Path> found) {
            this.root = root;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return mayHold(dir) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        private boolean mayHold(Path dir) {
            String path = relative(root, dir);
            return path.isEmpty()
                    || root.ignore().stream()
                            .map(rules -> rules.matcher().verdict(path, true))
                            .allMatch(verdict -> !verdict.ignored() || verdict.descend());
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // It is a problem of the sync's, not of the plan's.
            return FileVisitResult.CONTINUE;
        }
    }

    /** Returns where the file goes by this root, unless it is ignored or another root that has the place owns it. */
    private Optional<String> containerOf(Root root, HostPath host) {
        String container = root.containerOf(host);
        if (container == null || !sync.targetsOf(host, false).contains(container)) {
            return Optional.empty();
        }
        for (int i = sync.roots().size() - 1; i >= 0; i--) {
            Root owner = sync.roots().get(i);
            HostPath source = owner.hostOf(container);
            if (source != null && Files.exists(source.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                return owner.equals(root) ? Optional.of(container) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
