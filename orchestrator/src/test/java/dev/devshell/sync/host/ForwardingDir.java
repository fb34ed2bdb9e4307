package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands every call on to a real directory, for those that step in between. */
abstract class ForwardingDir implements Dir {
    private final Dir dir;

    ForwardingDir(Dir dir) {
        this.dir = dir;
    }

    /** Wraps a directory in this one. */
    abstract Dir wrap(Dir inner);

    @Override
    public @Nullable Stat stat(String name) throws IOException {
        return dir.stat(name);
    }

    @Override
    public Stat self() throws IOException {
        return dir.self();
    }

    @Override
    public List<String> list(List<String> bad) throws IOException {
        return dir.list(bad);
    }

    @Override
    public Dir open(String name) throws IOException {
        return wrap(dir.open(name));
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
        return dir.read(name);
    }

    @Override
    public String readLink(String name) throws IOException {
        return dir.readLink(name);
    }

    @Override
    public NewFile create(String name, int mode) throws IOException {
        return dir.create(name, mode);
    }

    @Override
    public NewFile reopen(String name) throws IOException {
        return dir.reopen(name);
    }

    @Override
    public void mkdir(String name, int mode) throws IOException {
        dir.mkdir(name, mode);
    }

    @Override
    public void symlink(String name, String target) throws IOException {
        dir.symlink(name, target);
    }

    @Override
    public void chown(String name, int uid, int gid) throws IOException {
        dir.chown(name, uid, gid);
    }

    @Override
    public void renameNew(String from, String to) throws IOException {
        dir.renameNew(from, to);
    }

    @Override
    public void renameOver(String from, String to) throws IOException {
        dir.renameOver(from, to);
    }

    @Override
    public void exchange(String one, String other) throws IOException {
        dir.exchange(one, other);
    }

    @Override
    public void adopt(Path file, String name) throws IOException {
        dir.adopt(file, name);
    }

    @Override
    public void unlink(String name) throws IOException {
        dir.unlink(name);
    }

    @Override
    public void rmdir(String name) throws IOException {
        dir.rmdir(name);
    }

    @Override
    public void close() {
        dir.close();
    }
}
