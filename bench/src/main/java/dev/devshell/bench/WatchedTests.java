package dev.devshell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code devshell test --watch}, and what it tells. */
final class WatchedTests implements AutoCloseable {
    private static final int LIMIT_SECONDS = 120;
    private static final Set<String> ENDS = Set.of("error", "broken", "ended");

    private final Process process;
    private final ObjectMapper json = new ObjectMapper();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** Something that it told, and when that was read. */
    record Event(String name, JsonNode told, long millis) {}

    WatchedTests(RailsSite site, String selector) throws IOException {
        this.process = site.start("--json", "test", "--watch", "--", selector);
        Thread reader = new Thread(this::read, "bench-watched");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.currentTimeMillis();
                JsonNode told = json.readTree(line);
                events.add(new Event(told.path("event").asText(), told, now));
            }
            events.add(new Event("ended", json.nullNode(), System.currentTimeMillis()));
        } catch (IOException e) {
            System.err.println("bench: what the tests tell cannot be read: " + e.getMessage());
        }
    }

    /** Returns what it tells until it waits for the next change. */
    List<Event> untilItWaits() throws InterruptedException, IOException, TimeoutException {
        List<Event> told = new ArrayList<>();
        while (told.isEmpty() || !told.get(told.size() - 1).name().equals("waiting")) {
            Event next = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new TimeoutException("the tests tell nothing any more");
            }
            told.add(next);
            if (ENDS.contains(next.name())) {
                throw new IOException("the tests cannot be run: " + next.name() + " " + next.told());
            }
        }
        return told;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        int unused = Command.end(process);
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
