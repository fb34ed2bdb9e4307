package dev.devshell.bench;

import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The floor of one edit to the container: a {@code tar -x} that stays alive behind an exec, and a sender that knows of the edit beforehand.
 *
 * <p>tar waits for whole records; one of five blocks is a header and 2 KB, so that an edit is written out as soon as it is there.
 */
final class LivingTar implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    private final ExecStream tar;

    LivingTar(Engine engine, String container, String directory) {
        this.tar = engine.exec(
                container,
                ExecSpec.asRoot("tar", "-b", "5", "-xf", "-", "-C", directory),
                line -> System.err.println("tar: " + line));
    }

    void send(String path, byte[] content) throws IOException {
        int padding = (BLOCK - content.length % BLOCK) % BLOCK;
        tar.write(header(path, content.length), ByteBuffer.wrap(content), ByteBuffer.allocate(padding));
    }

    private static ByteBuffer header(String path, int size) {
        byte[] block = new byte[BLOCK];
        put(block, 0, path);
        put(block, 100, "0000644");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format(Locale.ROOT, "%011o", size));
        put(block, 136, "00000000000");
        put(block, CHECKSUM, "        ");
        put(block, 156, "0");
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, CHECKSUM, String.format(Locale.ROOT, "%06o\0 ", sum));
        return ByteBuffer.wrap(block);
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
