package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. Every operation is on a single name in it, and none follows a symbolic link.
 *
 * <p>Failures are {@link DiskException}s.
 */
interface Dir extends AutoCloseable {
    /** Returns what has this name, or null when nothing has. */
    @Nullable
    Stat stat(String name) throws IOException;

    /** Returns the directory's own state. */
    Stat self() throws IOException;

    /** Lists the directory, unordered; the names that cannot be represented go to {@code bad}. */
    List<String> list(List<String> bad) throws IOException;

    Dir open(String name) throws IOException;

    SeekableByteChannel read(String name) throws IOException;

    String readLink(String name) throws IOException;

    /** Creates a new file and opens it; {@code mode} is narrowed by the umask. */
    NewFile create(String name, int mode) throws IOException;

    /** Opens a file that stands there, to give it other attributes. */
    NewFile reopen(String name) throws IOException;

    void mkdir(String name, int mode) throws IOException;

    void symlink(String name, String target) throws IOException;

    /** Gives the name an owner, where that is permitted; where not, it keeps its own. */
    void chown(String name, int uid, int gid) throws IOException;

    /** Renames within the directory; {@link DiskException.Kind#EXISTS} when {@code to} is taken. */
    void renameNew(String from, String to) throws IOException;

    /** Renames within the directory over whatever file {@code to} is. */
    void renameOver(String from, String to) throws IOException;

    /** Swaps two names at once; {@link DiskException.Kind#UNSUPPORTED} where the file system cannot. */
    void exchange(String one, String other) throws IOException;

    /** Moves a file of ours, anywhere on the same file system, to a new name here. */
    void adopt(Path file, String name) throws IOException;

    void unlink(String name) throws IOException;

    void rmdir(String name) throws IOException;

    @Override
    void close();

    /** A file that is being made. */
    interface NewFile extends AutoCloseable {
        void write(ByteBuffer bytes) throws IOException;

        void chmod(int mode) throws IOException;

        void chown(int uid, int gid) throws IOException;

        void mtime(long nanos) throws IOException;

        @Override
        void close() throws IOException;
    }
}
