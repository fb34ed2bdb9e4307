package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Looks into a file the way {@code ADD} does before it unpacks one.
 *
 * <p>A gzip file is one only if a tar archive is in it. Of bzip2, xz and zstd, which the JDK cannot read, the magic bytes
 * must do.
 */
final class ArchiveProbe {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 0x08};
    private static final byte[][] OTHERS = {
        {'B', 'Z', 'h'}, {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}
    };

    private ArchiveProbe() {}

    static boolean isArchive(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(BLOCK);
            byte[] head = in.readNBytes(BLOCK);
            if (begins(head, GZIP)) {
                in.reset();
                return isTar(inflated(in));
            }
            return isTar(head) || Arrays.stream(OTHERS).anyMatch(magic -> begins(head, magic));
        }
    }

    private static byte[] inflated(InputStream in) throws IOException {
        try {
            return new GZIPInputStream(in).readNBytes(BLOCK);
        } catch (ZipException | java.io.EOFException broken) {
            return new byte[0];
        }
    }

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    /** Tells whether a header's checksum fits: the sum of its bytes, the checksum itself taken as blanks. */
    private static boolean isTar(byte[] head) {
        if (head.length < BLOCK) {
            return false;
        }
        String stored = new String(head, CHECKSUM_AT, CHECKSUM_LENGTH, US_ASCII)
                .replace('\0', ' ')
                .strip();
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean blank = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += blank ? ' ' : head[i] & 0xff;
        }
        return stored.matches("[0-7]{1,7}") && Long.parseLong(stored, 8) == sum;
    }
}
