package dev.devshell.sync.host;

import dev.devshell.sync.host.DiskException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What Java's file calls mean in terms of {@link Dir}. */
final class Portable {
    private Portable() {}

    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    /** Runs a call, and says what its failure means. */
    static <T> T calling(Call<T> call) throws DiskException {
        try {
            return call.run();
        } catch (DiskException e) {
            throw e;
        } catch (IOException e) {
            DiskException failure = new DiskException(kind(e), String.valueOf(e.getMessage()));
            failure.initCause(e);
            throw failure;
        }
    }

    private static Kind kind(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Kind.ABSENT;
        } else if (e instanceof FileAlreadyExistsException) {
            return Kind.EXISTS;
        } else if (e instanceof DirectoryNotEmptyException) {
            return Kind.NOT_EMPTY;
        } else if (e instanceof AccessDeniedException) {
            return Kind.DENIED;
        } else if (e instanceof NotDirectoryException) {
            return Kind.NOT_DIRECTORY;
        } else if (e instanceof AtomicMoveNotSupportedException) {
            return Kind.CROSS_DEVICE;
        } else if (e instanceof FileSystemLoopException) {
            return Kind.LINK;
        }
        return e instanceof FileSystemException f
                ? kind(String.valueOf(f.getReason()))
                : kind(String.valueOf(e.getMessage()));
    }

    /** What a reason in the words of the C library means: Java has no exception for these. */
    private static Kind kind(String reason) {
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return Kind.NO_SPACE;
        } else if (reason.contains("Read-only file system")) {
            return Kind.READ_ONLY;
        } else if (reason.contains("symbolic link")) {
            return Kind.LINK;
        } else if (reason.contains("Not a directory")) {
            return Kind.NOT_DIRECTORY;
        } else if (reason.contains("not permitted")) {
            return Kind.DENIED;
        }
        return reason.contains("name too long") ? Kind.NAME : Kind.IO;
    }

    static Path path(Path parent, String name) throws DiskException {
        try {
            return parent.resolve(name);
        } catch (InvalidPathException e) {
            throw new DiskException(Kind.NAME, String.valueOf(e.getMessage()));
        }
    }

    static FileAttribute<Set<PosixFilePermission>> permissions(int mode) {
        return PosixFilePermissions.asFileAttribute(bits(mode));
    }

    private static Set<PosixFilePermission> bits(int mode) {
        Set<PosixFilePermission> bits = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] highestFirst = PosixFilePermission.values();
        for (int i = 0; i < highestFirst.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                bits.add(highestFirst[i]);
            }
        }
        return bits;
    }

    /** Gives a path an owner, where that is permitted; where not, it keeps its own. */
    static void own(Path path, int uid, int gid) throws DiskException {
        try {
            calling(() -> Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS));
            calling(() -> Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS));
        } catch (DiskException e) {
            if (!e.is(Kind.DENIED)) {
                throw e;
            }
        }
    }

    /** A file that is being made. */
    record File(Path path, FileChannel channel) implements Dir.NewFile {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            calling(() -> {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return bytes;
            });
        }

        @Override
        public void chmod(int mode) throws IOException {
            if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                calling(() -> Files.setPosixFilePermissions(path, bits(mode)));
            }
        }

        @Override
        public void chown(int uid, int gid) throws IOException {
            if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                own(path, uid, gid);
            }
        }

        @Override
        public void mtime(long nanos) throws IOException {
            calling(() -> Files.setLastModifiedTime(path, FileTime.from(nanos, TimeUnit.NANOSECONDS)));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
