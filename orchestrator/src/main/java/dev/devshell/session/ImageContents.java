package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads single files out of a container. */
final class ImageContents {
    private static final Logger LOG = LoggerFactory.getLogger(ImageContents.class);
    private static final int BLOCK = 512;

    private final Engine engine;

    ImageContents(Engine engine) {
        this.engine = engine;
    }

    /** Returns the state of a regular file as {@link TriggerFiles} words it; nothing where it is not one, or cannot be had. */
    Optional<String> state(String containerId, String path) {
        try (InputStream tar = engine.download(containerId, path)) {
            return first(tar);
        } catch (DevshellException.Failed | IOException e) {
            LOG.debug("{} cannot be read in {}", path, containerId, e);
            return Optional.empty();
        }
    }

    /** Reads the first file of a tar archive (POSIX.1-2001); extended headers before it are skipped. */
    private static Optional<String> first(InputStream tar) throws IOException {
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.empty();
            }
            long size = octal(header, 124, 12);
            char type = (char) header[156];
            if (type == '0' || type == 0) {
                return Optional.of(TriggerFiles.state(tar, size, (octal(header, 100, 8) & 0100) != 0));
            }
            if ("xgLK".indexOf(type) < 0) {
                return Optional.empty();
            }
            tar.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
        }
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = new String(header, from, length, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("not a tar header", e);
        }
    }
}
