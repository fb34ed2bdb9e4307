package dev.devshell.conflict;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Files of containers as the engine gives them: one tar archive (POSIX.1-2001) for a path. */
public final class EngineFiles implements ContainerFiles {
    private static final int BLOCK = 512;

    private final Engine engine;

    public EngineFiles(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Contents read(String containerId, String path, int most) throws IOException {
        try (InputStream tar = engine.download(containerId, path)) {
            return first(tar, most);
        } catch (DevshellException.Failed e) {
            // The engine says no in the same words to a path and to a container that are not there.
            return engine.container(containerId).isPresent()
                    ? new Contents.Absent()
                    : new Contents.Unreadable(e.what());
        }
    }

    /** Reads the first entry; extended headers before it are skipped. */
    private static Contents first(InputStream tar, int most) throws IOException {
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return new Contents.Absent();
            }
            long size = octal(header, 124, 12);
            switch ((char) header[156]) {
                case '0', '\0' -> {
                    return new Contents.File(tar.readNBytes((int) Math.min(size, most)), size);
                }
                case '2' -> {
                    return new Contents.Link(text(header, 157, 100));
                }
                case '5' -> {
                    return new Contents.Directory();
                }
                case 'x', 'g', 'L', 'K' -> tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                default -> {
                    return new Contents.Unreadable("something special");
                }
            }
        }
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        try {
            String digits = text(header, from, length).strip();
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("not a tar header", e);
        }
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
