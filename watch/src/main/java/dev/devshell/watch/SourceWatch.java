package dev.devshell.watch;

import dev.devshell.sync.core.Node;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostListener;
import dev.devshell.sync.host.HostTree;
import dev.devshell.sync.host.HostTreeOptions;
import dev.devshell.sync.host.Ignored;
import dev.devshell.watch.build.BuildModel;
import dev.devshell.watch.build.SourceSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Tells which sources, resources and build files of a project change, whether or not they are synced. */
final class SourceWatch implements AutoCloseable {
    private final HostTree tree;

    private SourceWatch(HostTree tree) {
        this.tree = tree;
    }

    static SourceWatch of(BuildModel model, Path scratch, Inbox inbox) {
        Path root = model.directory();
        HostTree tree = HostTree.open(new HostTreeOptions(
                root, ignored(model), path -> true, scratch.resolve("tree"), (path, old, content, reason, label) -> {
                    throw new IOException("nothing is written here");
                }));
        try {
            // What is there already is no news.
            tree.ready().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        tree.subscribe(new Sources(root, inbox));
        return new SourceWatch(tree);
    }

    private record Sources(Path root, Inbox inbox) implements HostListener {
        @Override
        public void changed(List<HostChange> changes) {
            List<Path> files = changes.stream()
                    .filter(change -> !(change.entry().node() instanceof Node.Directory))
                    .map(change -> root.resolve(change.path()))
                    .toList();
            if (!files.isEmpty()) {
                inbox.put(new Inbox.Mail.Edited(files, System.currentTimeMillis()));
            }
        }
    }

    /** Everything but sources, resources, build files, and the way to them. */
    private static Ignored ignored(BuildModel model) {
        List<Path> kept = new ArrayList<>(model.files());
        for (SourceSet set : List.of(model.main(), model.test())) {
            Stream.concat(set.sources().stream(), set.resources().stream())
                    .filter(path -> !path.startsWith(set.classes().getParent()))
                    .forEach(kept::add);
        }
        return (path, directory) -> {
            Path full = model.directory().resolve(path);
            if (kept.stream().anyMatch(full::startsWith)) {
                return Ignored.Verdict.INCLUDED;
            }
            boolean above = directory && kept.stream().anyMatch(one -> one.startsWith(full));
            return above ? Ignored.Verdict.DESCEND : Ignored.Verdict.IGNORED;
        };
    }

    @Override
    public void close() {
        tree.close();
    }
}
