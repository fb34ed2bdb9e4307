package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The machine's platform, with every call written down, and faults where a test wants them. */
final class CountingPlatform implements Platform {
    final Platform real;
    final Queue<String> reads = new ConcurrentLinkedQueue<>();
    final Queue<String> stats = new ConcurrentLinkedQueue<>();
    final Queue<String> lists = new ConcurrentLinkedQueue<>();
    /** Names that cannot be read. */
    final Set<String> denied = ConcurrentHashMap.newKeySet();
    /** How many directories can be watched, not counting the cookies'. */
    volatile int watches = Integer.MAX_VALUE;
    /** Runs before the calls that put something in its place: where others slip in. */
    volatile @Nullable Hook beforeCommit;

    /** Whether events are lost, as when the system's queue is full. */
    volatile boolean losing;

    private final Set<Integer> watched = ConcurrentHashMap.newKeySet();

    CountingPlatform() {
        this(Platform.best());
    }

    CountingPlatform(Platform real) {
        this.real = real;
    }

    /** Does something in between. */
    interface Hook {
        void run() throws IOException;
    }

    void reset() {
        reads.clear();
        stats.clear();
        lists.clear();
    }

    int calls() {
        return reads.size() + stats.size() + lists.size();
    }

    @Override
    public Dir root(Path path) throws IOException {
        return new CountingDir(real.root(path));
    }

    @Override
    public Watcher watcher(Path root, Watcher.Sink sink) throws IOException {
        Watcher watcher = real.watcher(root, (watch, what, name) -> {
            if (losing) {
                sink.event(-1, Watcher.What.OVERFLOW, "");
            } else {
                sink.event(watch, what, name);
            }
        });
        return new Watcher() {
            @Override
            public int watch(Path directory) throws IOException {
                int watch = watcher.watch(directory);
                if (!directory.endsWith("cookies") && !watched.contains(watch) && watched.size() >= watches) {
                    watcher.unwatch(watch);
                    throw new DiskException(DiskException.Kind.LIMIT, "no more watches");
                }
                if (!directory.endsWith("cookies")) {
                    watched.add(watch);
                }
                return watch;
            }

            @Override
            public void unwatch(int watch) {
                watched.remove(watch);
                watcher.unwatch(watch);
            }

            @Override
            public boolean ordered() {
                return watcher.ordered();
            }

            @Override
            public void close() {
                watcher.close();
            }
        };
    }

    private final class CountingDir extends ForwardingDir {
        CountingDir(Dir dir) {
            super(dir);
        }

        @Override
        Dir wrap(Dir inner) {
            return new CountingDir(inner);
        }

        private void commit(String... names) throws IOException {
            Hook hook = beforeCommit;
            if (hook != null && Arrays.stream(names).noneMatch(String::isEmpty)) {
                beforeCommit = null;
                hook.run();
            }
        }

        @Override
        public @Nullable Stat stat(String name) throws IOException {
            stats.add(name);
            return super.stat(name);
        }

        @Override
        public List<String> list(List<String> bad) throws IOException {
            lists.add("");
            return super.list(bad);
        }

        @Override
        public SeekableByteChannel read(String name) throws IOException {
            reads.add(name);
            if (denied.contains(name)) {
                throw new DiskException(DiskException.Kind.DENIED, name + ": permission denied");
            }
            return super.read(name);
        }

        @Override
        public void renameNew(String from, String to) throws IOException {
            commit(from, to);
            super.renameNew(from, to);
        }

        @Override
        public void renameOver(String from, String to) throws IOException {
            commit(from, to);
            super.renameOver(from, to);
        }

        @Override
        public void exchange(String one, String other) throws IOException {
            commit(one, other);
            super.exchange(one, other);
        }

        @Override
        public void rmdir(String name) throws IOException {
            commit(name);
            super.rmdir(name);
        }
    }
}
