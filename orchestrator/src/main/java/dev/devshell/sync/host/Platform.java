package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.file.Path;

/** The file calls and the watcher of a machine. */
interface Platform {
    Dir root(Path path) throws IOException;

    Watcher watcher(Path root, Watcher.Sink sink) throws IOException;

    /** Returns the best there is on this machine. */
    static Platform best() {
        return LibC.available() ? new Linux() : new Portable();
    }

    /** System calls by descriptor, and inotify. */
    record Linux() implements Platform {
        @Override
        public Dir root(Path path) throws IOException {
            return NativeDir.openRoot(path);
        }

        @Override
        public Watcher watcher(Path root, Watcher.Sink sink) throws IOException {
            return new Inotify(root, sink);
        }
    }

    /** What every Java platform has. */
    record Portable() implements Platform {
        @Override
        public Dir root(Path path) throws IOException {
            return PortableDir.openRoot(path);
        }

        @Override
        public Watcher watcher(Path root, Watcher.Sink sink) throws IOException {
            return new ServiceWatcher(sink);
        }
    }
}
