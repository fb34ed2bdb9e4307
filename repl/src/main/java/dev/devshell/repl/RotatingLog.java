package dev.devshell.repl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A log that never takes more than twice its limit: the full file is put aside, in place of the one before. */
final class RotatingLog extends OutputStream {
    private static final long LIMIT = 4 << 20;

    private final Path file;
    private final long limit;
    private OutputStream out;
    private long size;

    RotatingLog(Path file) {
        this(file, LIMIT);
    }

    RotatingLog(Path file, long limit) {
        this.file = file;
        this.limit = limit;
        try {
            this.size = Files.exists(file) ? Files.size(file) : 0;
            this.out = open();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("opening " + file, e);
        }
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (size > 0 && size + length > limit) {
            rotate();
        }
        out.write(bytes, offset, length);
        size += length;
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        out = open();
        size = 0;
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
