package dev.devshell.compose;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Keeps the last lines of an output, and passes them all on. Both streams of a child write here. */
final class Tail implements Consumer<String> {
    private final int most;
    private final Consumer<String> next;
    private final Deque<String> lines = new ArrayDeque<>();

    Tail(int most, Consumer<String> next) {
        this.most = most;
        this.next = next;
    }

    @Override
    public void accept(String line) {
        String clean = plain(line);
        synchronized (lines) {
            if (lines.size() == most) {
                lines.removeFirst();
            }
            lines.addLast(clean);
        }
        next.accept(clean);
    }

    String text() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Takes out what only a terminal understands; of a line that overwrites itself, the last state stays. */
    static String plain(String line) {
        String text = line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").stripTrailing();
        return text.substring(text.lastIndexOf('\r') + 1);
    }
}
