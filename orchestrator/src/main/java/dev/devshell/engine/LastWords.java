package dev.devshell.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** What a child process says last on its standard error. A thread of its own listens, so that the child is never held up. */
final class LastWords {
    private static final int LINES = 5;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Thread thread;

    private LastWords(InputStream errors) {
        this.thread = new Thread(() -> follow(errors), "devshell-ssh-stderr");
        this.thread.setDaemon(true);
    }

    static LastWords of(InputStream errors) {
        LastWords words = new LastWords(errors);
        words.thread.start();
        return words;
    }

    private void follow(InputStream errors) {
        LineSplitter splitter = new LineSplitter(this::keep);
        byte[] chunk = new byte[4096];
        try (errors) {
            for (int count = errors.read(chunk); count >= 0; count = errors.read(chunk)) {
                splitter.take(ByteBuffer.wrap(chunk), count);
            }
        } catch (IOException e) {
            keep(Refusals.reason(e));
        }
        splitter.end();
    }

    private synchronized void keep(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.strip());
    }

    /** Returns {@code ": "} and the lines, or nothing; to be asked when the child has ended. */
    String told() throws InterruptedException {
        TimeUnit.SECONDS.timedJoin(thread, 1);
        synchronized (this) {
            return lines.isEmpty() ? "" : ": " + String.join(" ", lines);
        }
    }
}
