package dev.devshell.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program on a terminal of its own, lent by {@code script} of util-linux, and a note of when each letter that is no ASCII came first. */
final class Pty implements AutoCloseable {
    private static final Pattern SEQUENCES = Pattern.compile("\u001b(?:\\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78DM])");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

    private final Process process;
    private final Map<Character, Long> firstSeen = new ConcurrentHashMap<>();
    private final StringBuilder written = new StringBuilder();
    private final Thread reader;

    private Pty(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "bench-pty");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    static Pty open(Path directory, Map<String, String> environment, String command) throws IOException {
        String sized = "stty rows 40 cols 120; exec " + command;
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", sized, "/dev/null")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().remove("CI");
        return new Pty(builder.start());
    }

    private void read() {
        char[] some = new char[8192];
        try (Reader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int count = output.read(some); count >= 0; count = output.read(some)) {
                long now = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    if (some[i] >= '\u0100' && !firstSeen.containsKey(some[i])) {
                        firstSeen.put(some[i], now);
                    }
                }
                synchronized (written) {
                    written.append(some, 0, count);
                }
            }
        } catch (IOException e) {
            System.err.println("the terminal is gone: " + e.getMessage());
        }
    }

    /** Types, and returns when that was. */
    long type(String text) throws IOException {
        long now = System.nanoTime();
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return now;
    }

    /** Returns when a letter came first. */
    LongSupplier seen(char letter) {
        return () -> firstSeen.getOrDefault(letter, Long.MAX_VALUE);
    }

    /** Returns what was written so far, without what drives a terminal. */
    String text() {
        String all;
        synchronized (written) {
            all = written.toString();
        }
        return SEQUENCES.matcher(all).replaceAll("");
    }

    void await(Pattern pattern) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            Matcher found = pattern.matcher(text());
            if (found.find()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        String all = text();
        throw new TimeoutException("never saw " + pattern + " but: " + all.substring(Math.max(0, all.length() - 2000)));
    }

    void forget() {
        synchronized (written) {
            written.setLength(0);
        }
    }

    /** Returns the JVM in it. */
    ProcessHandle java() throws IOException {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no JVM on the terminal: " + text()));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Command.end(process);
    }
}
