package dev.devshell.repl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a terminal shows, written down as it comes, in the format of asciinema (asciicast v2): a line for the terminal, then one for each piece of
 * output with the seconds since the beginning.
 */
final class Recording implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reader from;
    private final Writer to;
    private final long start = System.nanoTime();

    private Recording(Reader from, Writer to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Records until {@code pipe} ends.
     *
     * @param pipe a named pipe that the terminal's output is written to
     */
    static Thread start(Path pipe, Path file, int columns, int rows, String title) {
        Thread thread = new Thread(() -> {
            try (Reader from = Files.newBufferedReader(pipe, StandardCharsets.UTF_8);
                    Writer to = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                ObjectNode head = JSON.createObjectNode().put("version", 2).put("width", columns);
                // Whoever watches does not wait as long as the containers did.
                head.put("height", rows).put("idle_time_limit", 1.5).put("title", title);
                to.write(head + "\n");
                new Recording(from, to).run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void run() {
        char[] piece = new char[8192];
        try {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                double seconds = (System.nanoTime() - start) / 1e9;
                String text = JSON.writeValueAsString(new String(piece, 0, read));
                to.write(String.format(Locale.ROOT, "[%.3f, \"o\", %s]%n", seconds, text));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
