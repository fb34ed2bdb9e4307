package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types into the shell on a real terminal while a service logs 100,000 lines in 20 s above the prompt: how long each key takes to be seen, what
 * becomes of the lines, what of the memory.
 *
 * <p>Each letter is typed once only and stands in no log, so that the first time it is written is its echo, whatever else is drawn.
 */
final class TypingTrial {
    static final String SCENARIO = "a key is seen, 5,000 log lines a second above the prompt";
    private static final String QUIET = "a key is seen, no logs";

    private static final int LINES = 100_000;
    private static final int COMMAND = 60;
    private static final long BETWEEN_KEYS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** 50 lines, a pause of 10 ms, 2,000 times: the Perl that an image of Debian has. */
    private static final String FLOOD =
            "open(my $log, q(>), q(/proc/1/fd/1)) or die; select((select($log), $| = 1)[0]);"
                    + " for my $batch (0..1999) { my $text = q(); for my $n (0..49) {"
                    + " $text .= sprintf(qq(flood %06d GET /posts/%d 200 OK in 12ms (views 8.1ms, records 2.3ms)\\n),"
                    + " $batch * 50 + $n, $n); } print $log $text; select(undef, undef, undef, 0.0096); }";

    private static final Pattern SHOWN = Pattern.compile("flood (\\d{6}) ");
    private static final Pattern SKIPPED = Pattern.compile("\\((\\d+) lines? skipped\\)");
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private final Report report;
    private final Path launcher;
    private char next = '\u0100';

    TypingTrial(Report report) {
        this.report = report;
        this.launcher = Path.of(System.getProperty("bench.options")).resolveSibling("devshell");
    }

    void run(Site site) throws IOException, InterruptedException, TimeoutException {
        Path home = Files.createDirectories(site.project().resolve("home"));
        Map<String, String> environment = Map.of(
                "XDG_RUNTIME_DIR", home.toString(),
                "XDG_STATE_HOME", home.toString(),
                "XDG_CONFIG_HOME", home.toString());
        try (Pty terminal = Pty.open(site.project(), environment, launcher.toString())) {
            terminal.await(Pattern.compile("is up and in sync"));
            terminal.type("logs on\r");
            terminal.await(Pattern.compile("logs come above the prompt"));
            long pid = terminal.java().pid();
            report.add(QUIET, new Devshell().title(), typed(terminal));
            terminal.forget();
            long before = heap(pid);
            Process flood = flood(site.project());
            List<Double> millis = new ArrayList<>();
            while (flood.isAlive() || millis.isEmpty()) {
                millis.addAll(typed(terminal).millis());
            }
            long during = heap(pid);
            if (Command.end(flood) != 0) {
                throw new IOException("the service did not log as it should");
            }
            report.add(SCENARIO, new Devshell().title(), Sample.of(millis));
            terminal.await(Pattern.compile(String.format(Locale.ROOT, "flood %06d ", LINES - 1)));
            report.note(SCENARIO, new Devshell().title(), lines(terminal.text()));
            report.note(
                    SCENARIO,
                    new Devshell().title(),
                    "live heap " + before / 1024 + " MB before, " + during / 1024 + " MB just after; at most "
                            + Files.readString(Path.of("/proc", "" + pid, "status"))
                                    .lines()
                                    .filter(line -> line.startsWith("VmHWM"))
                                    .map(line -> line.replaceAll("\\D", ""))
                                    .mapToLong(Long::parseLong)
                                    .map(kilobytes -> kilobytes / 1024)
                                    .sum()
                            + " MB resident");
        }
    }

    private static Process flood(Path project) throws IOException {
        return new ProcessBuilder("docker", "compose", "exec", "-T", "app", "perl", "-e", FLOOD)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
    }

    /** Types a command at 10 keys a second and gives it up; returns what each key took. */
    private Sample typed(Pty terminal) throws IOException, InterruptedException, TimeoutException {
        List<Long> pressed = new ArrayList<>();
        List<LongSupplier> seen = new ArrayList<>();
        long start = System.nanoTime();
        for (int key = 0; key < COMMAND; key++) {
            char letter = next++;
            TimeUnit.NANOSECONDS.sleep(start + key * BETWEEN_KEYS_NANOS - System.nanoTime());
            pressed.add(terminal.type(String.valueOf(letter)));
            seen.add(terminal.seen(letter));
        }
        TimeUnit.MILLISECONDS.sleep(500);
        terminal.type("\u0003");
        List<Double> millis = new ArrayList<>();
        for (int key = 0; key < COMMAND; key++) {
            long when = seen.get(key).getAsLong();
            if (when == Long.MAX_VALUE) {
                throw new TimeoutException("key " + key + " was never seen");
            }
            millis.add((when - pressed.get(key)) / 1e6);
        }
        return Sample.of(millis);
    }

    private static String lines(String text) {
        Set<String> shown = new HashSet<>();
        Matcher line = SHOWN.matcher(text);
        while (line.find()) {
            shown.add(line.group(1));
        }
        long skipped = 0;
        Matcher gap = SKIPPED.matcher(text);
        while (gap.find()) {
            skipped += Long.parseLong(gap.group(1));
        }
        return shown.size() + " lines shown + " + skipped + " told as skipped = " + (shown.size() + skipped) + " of "
                + LINES;
    }

    /** Returns how much of the heap is used when what is not needed was thrown away, in kilobytes. */
    private static long heap(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Command.run(Path.of("/"), jcmd, "" + pid, "GC.run");
        Matcher used = USED.matcher(Command.run(Path.of("/"), jcmd, "" + pid, "GC.heap_info"));
        long kilobytes = 0;
        while (used.find()) {
            kilobytes += Long.parseLong(used.group(1));
        }
        return kilobytes;
    }
}
