package dev.devshell.sync.host;

import dev.devshell.fault.Faults;
import dev.devshell.fault.Faults.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** The host's file system, each of whose steps passes the faults first. */
public final class FaultyHost implements Platform {
    private final Platform real = Platform.best();
    private final Faults faults;

    public FaultyHost(Faults faults) {
        this.faults = faults;
    }

    /** Opens a tree on this file system. */
    public HostTree open(HostTreeOptions options) {
        return HostTree.open(options, this);
    }

    @Override
    public Dir root(Path path) throws IOException {
        return new FaultyDir(real.root(path), "");
    }

    @Override
    public Watcher watcher(Path root, Watcher.Sink sink) throws IOException {
        return real.watcher(root, sink);
    }

    private void pass(Step step, String what, Faults.Torn torn) throws IOException {
        dev.devshell.sync.host.Portable.calling(() -> {
            faults.pass(step, what, torn);
            return what;
        });
    }

    private void pass(Step step, String what) throws IOException {
        pass(step, what, () -> {});
    }

    private final class FaultyDir extends ForwardingDir {
        private final String name;

        FaultyDir(Dir dir, String name) {
            super(dir);
            this.name = name;
        }

        @Override
        Dir wrap(Dir inner) {
            return new FaultyDir(inner, name);
        }

        @Override
        public Dir open(String child) throws IOException {
            return new FaultyDir(super.open(child), child);
        }

        @Override
        public List<String> list(List<String> bad) throws IOException {
            pass(Step.LIST, name);
            return super.list(bad);
        }

        @Override
        public SeekableByteChannel read(String name) throws IOException {
            pass(Step.READ, name);
            return super.read(name);
        }

        @Override
        public NewFile create(String name, int mode) throws IOException {
            pass(Step.CREATE, name);
            return new FaultyFile(super.create(name, mode), name);
        }

        @Override
        public NewFile reopen(String name) throws IOException {
            return new FaultyFile(super.reopen(name), name);
        }

        @Override
        public void mkdir(String name, int mode) throws IOException {
            pass(Step.MKDIR, name);
            super.mkdir(name, mode);
        }

        @Override
        public void symlink(String name, String target) throws IOException {
            pass(Step.LINK, name);
            super.symlink(name, target);
        }

        @Override
        public void renameNew(String from, String to) throws IOException {
            pass(Step.RENAME, from + " -> " + to);
            super.renameNew(from, to);
        }

        @Override
        public void renameOver(String from, String to) throws IOException {
            pass(Step.RENAME, from + " -> " + to);
            super.renameOver(from, to);
        }

        @Override
        public void exchange(String one, String other) throws IOException {
            pass(Step.RENAME, one + " <-> " + other);
            super.exchange(one, other);
        }

        @Override
        public void adopt(Path file, String name) throws IOException {
            pass(Step.RENAME, file + " -> " + name);
            super.adopt(file, name);
        }

        @Override
        public void unlink(String name) throws IOException {
            pass(Step.UNLINK, name);
            super.unlink(name);
        }

        @Override
        public void rmdir(String name) throws IOException {
            pass(Step.UNLINK, name);
            super.rmdir(name);
        }
    }

    private final class FaultyFile implements Dir.NewFile {
        private final Dir.NewFile file;
        private final String name;

        FaultyFile(Dir.NewFile file, String name) {
            this.file = file;
            this.name = name;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
            pass(Step.WRITE, name, () -> file.write(half));
            file.write(bytes);
        }

        @Override
        public void chmod(int mode) throws IOException {
            pass(Step.CHMOD, name);
            file.chmod(mode);
        }

        @Override
        public void chown(int uid, int gid) throws IOException {
            file.chown(uid, gid);
        }

        @Override
        public void mtime(long nanos) throws IOException {
            file.mtime(nanos);
        }

        @Override
        public void close() throws IOException {
            try {
                pass(Step.SYNC, name);
            } finally {
                file.close();
            }
        }
    }
}
