package dev.devshell.session;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Hears what happens in one tree of the host, and passes on the little that concerns more than the sync. */
final class ChangedFiles implements HostListener {
    /** Where a change makes another plan. */
    private static final Set<String> IGNORE_FILES = Set.of(".gitignore", ".dockerignore", ".devshellignore");

    private final Path root;
    private final Consumer<Change> consumer;
    private final Runnable rules;

    /**
     * @param consumer takes what changed; must not block
     * @param rules is told that an ignore file has changed; must not block
     */
    ChangedFiles(Path root, Consumer<Change> consumer, Runnable rules) {
        this.root = root;
        this.consumer = consumer;
        this.rules = rules;
    }

    /**
     * Files that changed together.
     *
     * @param ours whether the sync itself wrote them
     * @param millis when this was seen, as {@link System#currentTimeMillis()}
     */
    record Change(List<Path> paths, boolean ours, long millis) {}

    @Override
    public void changed(List<HostChange> changes) {
        pass(changes, false);
    }

    @Override
    public void written(List<HostChange> changes) {
        pass(changes, true);
    }

    private void pass(List<HostChange> changes, boolean ours) {
        List<Path> paths = new ArrayList<>();
        boolean rulesChanged = false;
        for (HostChange change : changes) {
            Path path = root.resolve(change.path());
            if (change.entry().node() instanceof Node.Directory) {
                // An ignore file that came with it may itself be ignored.
                rulesChanged |= Files.exists(path.resolve(".gitignore"));
            } else {
                rulesChanged |= isIgnoreFile(change.path());
                paths.add(path);
            }
        }
        if (!paths.isEmpty()) {
            consumer.accept(new Change(paths, ours, System.currentTimeMillis()));
        }
        if (rulesChanged) {
            rules.run();
        }
    }

    @Override
    public void ignored(String path) {
        if (isIgnoreFile(path)) {
            rules.run();
        }
    }

    private static boolean isIgnoreFile(String path) {
        return IGNORE_FILES.contains(path.substring(path.lastIndexOf('/') + 1));
    }
}
