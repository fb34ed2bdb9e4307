package dev.devshell.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes files whose every content can be made again from its seed. */
final class Contents {
    static final int A_DIRECTORY = 20;
    private static final int BLOCK = 1 << 20;

    private Contents() {}

    static byte[] of(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** One file to be: where, and what its content is made from. */
    record Planned(String path, long seed, int size) {
        String directory() {
            return path.substring(0, path.lastIndexOf('/'));
        }

        byte[] content() {
            return of(seed, size);
        }
    }

    /** Plans files of one size, twenty a directory. */
    static List<Planned> plan(String prefix, int count, int size, long seed) {
        List<Planned> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(new Planned(prefix + "/d" + i / A_DIRECTORY + "/f" + i + ".txt", seed + i, size));
        }
        return files;
    }

    static void create(Path root, List<Planned> files) throws IOException {
        Path made = root;
        for (Planned file : files) {
            Path directory = root.resolve(file.directory());
            if (!made.equals(directory)) {
                Files.createDirectories(directory);
                made = directory;
            }
            Files.write(root.resolve(file.path()), file.content());
        }
    }

    /** Writes in place, as an editor without atomic saving does, and returns the nanoseconds at which the close began. */
    static long overwrite(Path file, long position, byte[] content) throws IOException {
        boolean whole = position == 0;
        try (FileChannel channel = whole
                ? FileChannel.open(
                        file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
                : FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            channel.position(position);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return System.nanoTime();
        }
    }

    static void large(Path file, int megabytes) throws IOException {
        byte[] block = of(megabytes, BLOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < megabytes; i++) {
                ByteBuffer.wrap(block).putInt(0, i);
                channel.write(ByteBuffer.wrap(block));
            }
        }
    }
}
