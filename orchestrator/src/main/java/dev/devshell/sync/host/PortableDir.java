package dev.devshell.sync.host;

import dev.devshell.sync.host.DiskException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A directory by its path, on any Java platform.
 *
 * <p>RACE: a link that replaces a directory between the check and the use is followed, and a rename cannot refuse or swap;
 * the worst outcome is a version that slipped in and is in no history. On Linux {@link NativeDir} has neither window.
 */
final class PortableDir implements Dir {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

    private final Path path;
    private final boolean unix;

    private PortableDir(Path path) {
        this.path = path;
        unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    static Dir openRoot(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new DiskException(Files.exists(path) ? Kind.NOT_DIRECTORY : Kind.ABSENT, path + ": no directory");
        }
        return new PortableDir(path);
    }

    private Path at(String name) throws DiskException {
        return Portable.path(path, name);
    }

    @Override
    public @Nullable Stat stat(String name) throws IOException {
        try {
            Path at = at(name);
            return Portable.calling(() -> unix ? unixStat(at, NOFOLLOW) : basicStat(at));
        } catch (DiskException e) {
            if (e.is(Kind.ABSENT)) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public Stat self() throws IOException {
        return Portable.calling(() -> unix ? unixStat(path) : basicStat(path));
    }

    private static Stat unixStat(Path at, LinkOption... options) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(at, "unix:mode,size,lastModifiedTime,ctime,ino,uid,gid,nlink", options);
        int mode = (Integer) attribute(all, "mode");
        Stat.Kind kind = switch (mode & 0170000) {
            case 0100000 -> Stat.Kind.FILE;
            case 0040000 -> Stat.Kind.DIRECTORY;
            case 0120000 -> Stat.Kind.LINK;
            default -> Stat.Kind.OTHER;
        };
        return new Stat(
                kind,
                mode & 07777,
                (Long) attribute(all, "size"),
                ((FileTime) attribute(all, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
                ((FileTime) attribute(all, "ctime")).to(TimeUnit.NANOSECONDS),
                (Long) attribute(all, "ino"),
                (Integer) attribute(all, "uid"),
                (Integer) attribute(all, "gid"),
                (Integer) attribute(all, "nlink"));
    }

    private static Object attribute(Map<String, Object> all, String name) throws IOException {
        Object value = all.get(name);
        if (value == null) {
            throw new DiskException(Kind.IO, "the file system does not say: " + name);
        }
        return value;
    }

    private static Stat basicStat(Path at) throws IOException {
        BasicFileAttributes all = Files.readAttributes(at, BasicFileAttributes.class, NOFOLLOW);
        Stat.Kind kind = all.isRegularFile()
                ? Stat.Kind.FILE
                : all.isDirectory() ? Stat.Kind.DIRECTORY : all.isSymbolicLink() ? Stat.Kind.LINK : Stat.Kind.OTHER;
        long mtime = all.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long birth = all.creationTime().to(TimeUnit.NANOSECONDS);
        return new Stat(kind, Files.isExecutable(at) ? 0755 : 0644, all.size(), mtime, mtime, birth, 0, 0, 1);
    }

    @Override
    public List<String> list(List<String> bad) throws IOException {
        return Portable.calling(() -> {
            List<String> names = new ArrayList<>();
            try (var stream = Files.newDirectoryStream(path)) {
                for (Path child : stream) {
                    String name = String.valueOf(child.getFileName());
                    // Java puts this where it cannot decode a name
                    (name.indexOf('\uFFFD') < 0 ? names : bad).add(name);
                }
            }
            return names;
        });
    }

    @Override
    public Dir open(String name) throws IOException {
        if (name.equals(".")) {
            return this;
        }
        Stat stat = stat(name);
        if (stat == null) {
            throw new DiskException(Kind.ABSENT, name + ": no such directory");
        } else if (stat.kind() != Stat.Kind.DIRECTORY) {
            throw new DiskException(
                    stat.kind() == Stat.Kind.LINK ? Kind.LINK : Kind.NOT_DIRECTORY, name + ": not a directory");
        }
        return new PortableDir(at(name));
    }

    @Override
    public SeekableByteChannel read(String name) throws IOException {
        Path at = at(name);
        return Portable.calling(() -> Files.newByteChannel(at, Set.of(StandardOpenOption.READ, NOFOLLOW)));
    }

    @Override
    public String readLink(String name) throws IOException {
        Path at = at(name);
        return Portable.calling(() -> Files.readSymbolicLink(at).toString().replace('\\', '/'));
    }

    @Override
    public NewFile create(String name, int mode) throws IOException {
        Path at = at(name);
        Set<java.nio.file.OpenOption> options =
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, NOFOLLOW);
        return Portable.calling(() -> new Portable.File(
                at, unix ? FileChannel.open(at, options, Portable.permissions(mode)) : FileChannel.open(at, options)));
    }

    @Override
    public NewFile reopen(String name) throws IOException {
        Path at = at(name);
        return Portable.calling(() ->
                new Portable.File(at, FileChannel.open(at, Set.of(StandardOpenOption.READ, NOFOLLOW))));
    }

    @Override
    public void mkdir(String name, int mode) throws IOException {
        Path at = at(name);
        Portable.calling(
                () -> unix ? Files.createDirectory(at, Portable.permissions(mode)) : Files.createDirectory(at));
    }

    @Override
    public void symlink(String name, String target) throws IOException {
        Path at = at(name);
        Path to = Portable.path(Path.of(""), target);
        Portable.calling(() -> Files.createSymbolicLink(at, to));
    }

    @Override
    public void chown(String name, int uid, int gid) throws IOException {
        if (unix) {
            Portable.own(at(name), uid, gid);
        }
    }

    @Override
    public void renameNew(String from, String to) throws IOException {
        adopt(at(from), to);
    }

    @Override
    public void renameOver(String from, String to) throws IOException {
        Path source = at(from);
        Path target = at(to);
        Portable.calling(() -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void exchange(String one, String other) throws IOException {
        throw new DiskException(Kind.UNSUPPORTED, "two names cannot be swapped on this platform");
    }

    @Override
    public void adopt(Path file, String name) throws IOException {
        if (stat(name) != null) {
            throw new DiskException(Kind.EXISTS, name + ": exists");
        }
        Path target = at(name);
        Portable.calling(() -> Files.move(file, target, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void unlink(String name) throws IOException {
        delete(name, EnumSet.complementOf(EnumSet.of(Stat.Kind.DIRECTORY)));
    }

    @Override
    public void rmdir(String name) throws IOException {
        delete(name, EnumSet.of(Stat.Kind.DIRECTORY));
    }

    private void delete(String name, Set<Stat.Kind> kinds) throws IOException {
        Stat stat = stat(name);
        if (stat != null && !kinds.contains(stat.kind())) {
            throw new DiskException(Kind.IO, name + ": is something else by now");
        }
        Path at = at(name);
        Portable.calling(() -> {
            Files.delete(at);
            return at;
        });
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
