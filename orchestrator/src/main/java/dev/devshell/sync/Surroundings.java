package dev.devshell.sync;

import dev.devshell.Notice;
import dev.devshell.sync.host.HostChange;
import dev.devshell.sync.host.HostListener;
import java.nio.file.Path;
import java.util.List;

/** Who else is concerned with what a project's sync sees. */
public interface Surroundings {
    /** Returns what stands besides, for the status. */
    default List<Notice> notices() {
        return List.of();
    }

    /** Returns who is told what happens in the tree of a build context, once it was looked at. */
    default HostListener listener(Path context) {
        return new HostListener() {
            @Override
            public void changed(List<HostChange> changes) {}
        };
    }
}
