package dev.devshell.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a tar archive (POSIX.1-2001 ustar, GNU long names) of root's files into memory. */
final class Tar {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private final ByteArrayOutputStream out;

    Tar(int expectedSize) {
        out = new ByteArrayOutputStream(expectedSize + 4 * BLOCK);
    }

    /** Adds a directory; {@code path} is relative, without a slash at its end. */
    Tar directory(String path, int mode) {
        entry(path + "/", '5', mode, new byte[0]);
        return this;
    }

    /** Adds a regular file. */
    Tar file(String path, int mode, byte[] content) {
        entry(path, '0', mode, content);
        return this;
    }

    /** Returns the archive, ended. */
    byte[] bytes() {
        out.writeBytes(new byte[2 * BLOCK]);
        return out.toByteArray();
    }

    /** Returns what comes before the content in an archive of one regular file, whose name has at most 100 bytes. */
    static byte[] opening(String name, int mode, long size) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > NAME) {
            throw new IllegalArgumentException("a name has at most " + NAME + " bytes, but was: " + name);
        }
        return header(utf8, '0', mode, size);
    }

    /** Returns what comes behind the content of that archive. */
    static byte[] ending(long size) {
        return new byte[padding(size) + 2 * BLOCK];
    }

    private static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private void entry(String path, char type, int mode, byte[] content) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > NAME) {
            byte[] ended = java.util.Arrays.copyOf(name, name.length + 1);
            block("././@LongLink".getBytes(StandardCharsets.UTF_8), 'L', 0, ended);
        }
        block(name, type, mode, content);
    }

    private void block(byte[] name, char type, int mode, byte[] content) {
        out.writeBytes(header(name, type, mode, content.length));
        out.writeBytes(content);
        out.writeBytes(new byte[padding(content.length)]);
    }

    private static byte[] header(byte[] name, char type, int mode, long size) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, NAME));
        octal(header, 100, 8, mode & 07777);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, System.currentTimeMillis() / 1000);
        header[156] = (byte) type;
        text(header, 257, "ustar\00000");
        checksum(header);
        return header;
    }

    private static void checksum(byte[] header) {
        text(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        text(header, offset, "0".repeat(length - 1 - digits.length()) + digits + "\0");
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
