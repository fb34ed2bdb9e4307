package dev.devshell.sync.host;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One thread's memory for system calls to write their results to. */
final class Scratch {
    static final int SIZE = 128 * 1024;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    final Memory memory = new Memory(SIZE);
    final long address = Pointer.nativeValue(memory);
    final ByteBuffer buffer = memory.getByteBuffer(0, SIZE).order(ByteOrder.nativeOrder());

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** Returns a path as system calls take it. */
    static byte[] path(String path) {
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(utf8, utf8.length + 1);
    }

    /** Reads a name that ends with a zero byte, or at {@code end}; null when it is not UTF-8. */
    @Nullable
    String name(int start, int end) {
        byte[] bytes = bytes(start, end);
        String name = new String(bytes, StandardCharsets.UTF_8);
        // a replacement character in it is a name that was mangled, or one that really has that character
        boolean honest = name.indexOf('\uFFFD') < 0 || Arrays.equals(bytes, name.getBytes(StandardCharsets.UTF_8));
        return honest ? name : null;
    }

    /** Reads a name as well as it can be shown. */
    String shown(int start, int end) {
        return new String(bytes(start, end), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int start, int end) {
        int stop = start;
        while (stop < end && buffer.get(stop) != 0) {
            stop++;
        }
        byte[] bytes = new byte[stop - start];
        buffer.get(start, bytes);
        return bytes;
    }
}
