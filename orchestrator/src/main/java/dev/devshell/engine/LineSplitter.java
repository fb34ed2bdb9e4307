package dev.devshell.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines of text. A line that does not end is cut, so that a container cannot fill the memory. */
final class LineSplitter {
    private static final int LONGEST = 8192;

    private final Consumer<String> lines;
    private final byte[] line = new byte[LONGEST];
    private int length;

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Takes {@code count} bytes from {@code from}. */
    void take(ByteBuffer from, int count) {
        for (int i = 0; i < count; i++) {
            byte b = from.get();
            if (b == '\n') {
                flush(true);
            } else {
                line[length++] = b;
                if (length == LONGEST) {
                    flush(true);
                }
            }
        }
    }

    /** Passes on what stands there without an end of line. */
    void end() {
        flush(false);
    }

    private void flush(boolean evenEmpty) {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        if (evenEmpty || end > 0) {
            lines.accept(new String(line, 0, end, StandardCharsets.UTF_8));
        }
        length = 0;
    }
}
