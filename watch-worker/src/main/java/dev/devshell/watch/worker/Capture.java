package dev.devshell.watch.worker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes what is printed to one of the standard streams and tells it with the test that it is from: the one that the printing
 * thread, or the one that started that, is running.
 */
final class Capture extends OutputStream {
    private static final InheritableThreadLocal<String> TEST = new InheritableThreadLocal<>();
    private static final int PIECE = 64 * 1024;

    private final Line line;
    private final boolean error;
    private volatile int run;

    private Capture(Line line, boolean error) {
        this.line = line;
        this.error = error;
    }

    static Capture of(Line line, boolean error) {
        Capture capture = new Capture(line, error);
        PrintStream stream = new PrintStream(new Pieces(capture), true, StandardCharsets.UTF_8);
        if (error) {
            System.setErr(stream);
        } else {
            System.setOut(stream);
        }
        return capture;
    }

    /** What this thread prints from now on is of this test; of none with an empty text. */
    static void test(String uniqueId) {
        TEST.set(uniqueId);
    }

    void run(int id) {
        run = id;
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        String test = TEST.get();
        line.tell(new Told.Printed(
                run, test == null ? "" : test, error, new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }

    /** Gathers what one call prints; whoever prints flushes at its end. */
    private static final class Pieces extends OutputStream {
        private final Capture capture;
        private byte[] piece = new byte[256];
        private int length;

        Pieces(Capture capture) {
            this.capture = capture;
        }

        @Override
        public synchronized void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) {
            if (length + count > piece.length) {
                piece = Arrays.copyOf(piece, Math.max(length + count, 2 * piece.length));
            }
            System.arraycopy(bytes, offset, piece, length, count);
            length += count;
            if (length > PIECE) {
                flush();
            }
        }

        @Override
        public synchronized void flush() {
            if (length > 0) {
                capture.write(piece, 0, length);
                length = 0;
            }
        }
    }
}
