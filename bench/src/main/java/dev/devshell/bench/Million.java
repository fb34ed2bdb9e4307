package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A million small files (a tenth of that with {@code --quick}) on one tree and in one container: the first sync brings them; then memory, edits and idling; then
 * starts with and without what an earlier run knew; at last all are deleted in the container, and held.
 */
final class Million {
    private static final int FILES = 1_000_000;
    private static final int SMALL = 1_000;
    private static final int SIZE = 64;
    /** How many directories the floor of the first sync pipes. */
    private static final int PIPED = 2_500;

    private static final int PROBES = 10;
    private static final Pattern DELETED = Pattern.compile("deleted (\\d+) paths");
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Lab lab;
    private final Options options;
    private final Report report;
    private final Devshell program;
    private final int count;

    Million(Lab lab, Options options, Report report, Devshell program) {
        this.lab = lab;
        this.options = options;
        this.report = report;
        this.program = program;
        this.count = options.quick() ? FILES / 10 : FILES;
    }

    String title() {
        return String.format(Locale.ROOT, "%,d files", count);
    }

    void run() throws IOException, InterruptedException, TimeoutException {
        EditTrials.Outcome few = amongFew();
        try (Site site = lab.site("million")) {
            List<Contents.Planned> files = Contents.plan("src", count, SIZE, 1_000);
            Contents.create(site.tree(), files);
            firstSync(site, files, few);
            start("a start with what the last run knew", site);
            Command.run(site.project(), "rm", "-r", "state/replicas");
            start("the first start on an image that has the files", site);
            deleted(site);
        }
    }

    private EditTrials.Outcome amongFew() throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site("few")) {
            List<Contents.Planned> files = site.grow(SMALL, SIZE);
            try (Devshell.Child running = program.prepare(site)) {
                running.begin();
                running.ask(SyncProgram.CAUGHT_UP);
                return edits(String.format(Locale.ROOT, "%,d small", SMALL), site, files, running);
            }
        }
    }

    private EditTrials.Outcome edits(String named, Site site, List<Contents.Planned> files, Program.Running running)
            throws IOException, InterruptedException, TimeoutException {
        return new EditTrials(lab.engine(), options, report, program, running).run(named, site, files, options.edits());
    }

    private void firstSync(Site site, List<Contents.Planned> files, EditTrials.Outcome few)
            throws IOException, InterruptedException, TimeoutException {
        double pipe = site.pipe(
                site.tree(),
                "$(seq -f src/d%g 0 " + (Math.min(PIPED, count / Contents.A_DIRECTORY) - 1) + ")",
                "/floor");
        double share = count / (double) Math.min(PIPED * Contents.A_DIRECTORY, count);
        String scenario = "first sync of " + title();
        report.floor(scenario, Sample.of(List.of(pipe * share)));
        try (Devshell.Child running = program.prepare(site)) {
            long since = System.nanoTime();
            running.begin();
            CompletableFuture<Double> caughtUp = CompletableFuture.supplyAsync(() -> caughtUp(running, since));
            Sample probes = probes(site, caughtUp);
            report.add(scenario, program.title(), Sample.of(List.of(caughtUp.join())));
            report.note(scenario, program.title(), costs(site, running));
            report.add("one edit in the middle of it", program.title(), probes);
            report.note("memory, " + title(), program.title(), Heap.measure(site, running, files.size()));
            compare(few, edits(String.format(Locale.ROOT, "%,d small", count), site, files, running));
            report.note("idle, " + title(), program.title(), Idle.measure(site, running, options.idleSeconds()));
        }
    }

    private static double caughtUp(Devshell.Child running, long since) {
        try {
            running.ask(SyncProgram.CAUGHT_UP);
            return (System.nanoTime() - since) / 1e6;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the first sync did not end", e);
        }
    }

    /** Edits one file again and again while the others are on their way. */
    private Sample probes(Site site, CompletableFuture<Double> caughtUp)
            throws IOException, InterruptedException, TimeoutException {
        Path probe = site.tree().resolve("probe.txt");
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < PROBES && !caughtUp.isDone(); i++) {
            Thread.sleep(options.quick() ? 300 : 3_000);
            byte[] content = Contents.of(i, 100);
            long since = Contents.overwrite(probe, 0, content);
            times.add(Arrival.content(site.inside().resolve("probe.txt"), content, since, LIMIT));
        }
        return Sample.of(times);
    }

    private void compare(EditTrials.Outcome few, EditTrials.Outcome many) {
        report.note(
                "one edit among " + title() + ", against " + String.format(Locale.ROOT, "%,d", SMALL),
                program.title(),
                String.format(
                        Locale.ROOT,
                        "there %.2f times as long, back %.2f times; host CPU there %.2f times, back %.2f times",
                        many.there().median() / few.there().median(),
                        many.back().median() / few.back().median(),
                        many.cpuThere() / few.cpuThere(),
                        many.cpuBack() / few.cpuBack()));
    }

    private String costs(Site site, Program.Running running) throws IOException, InterruptedException {
        List<Long> guests = List.copyOf(site.guests());
        return String.format(
                Locale.ROOT,
                "%.1f s of CPU on the host + %.1f s in the container; at most %d MB + %d MB",
                Usage.cpu(running.processes()).whole() / 1_000,
                Usage.cpu(guests).whole() / 1_000,
                Usage.mostMegabytes(running.processes()),
                Usage.mostMegabytes(guests));
    }

    private void start(String scenario, Site site) throws IOException, InterruptedException {
        String named = scenario + ", " + title();
        try (Devshell.Child running = program.prepare(site)) {
            long since = System.nanoTime();
            running.begin();
            report.add(named, program.title(), Sample.of(List.of(caughtUp(running, since))));
            report.note(named, program.title(), costs(site, running));
        }
    }

    /** What is deleted is held: the host loses nothing, and the status answers. */
    private void deleted(Site site) throws IOException, InterruptedException, TimeoutException {
        try (Devshell.Child running = program.prepare(site)) {
            running.begin();
            running.ask(SyncProgram.CAUGHT_UP);
            Command.run(site.project(), "docker", "exec", site.container(), "rm", "-rf", "/app/src");
            List<Double> times = new ArrayList<>();
            // a few go at once, and of what comes with pauses up to a quarter
            int least = count - count / 4;
            long since = System.nanoTime();
            String answer = "";
            while (held(answer) < least || !answer.contains(" waiting 0 ")) {
                if (System.nanoTime() - since > LIMIT.toNanos()) {
                    throw new TimeoutException("not all is held: " + answer);
                }
                Thread.sleep(200);
                long asked = System.nanoTime();
                answer = running.ask(SyncProgram.STATUS);
                times.add((System.nanoTime() - asked) / 1e6);
            }
            report.add("status while " + title() + " are deleted in the container", program.title(), Sample.of(times));
            report.note(
                    "held of " + title() + " that were deleted",
                    program.title(),
                    held(answer) + " paths; " + costs(site, running));
        }
    }

    /** Returns how many deletions the status says are held. */
    private static int held(String answer) {
        Matcher deleted = DELETED.matcher(answer);
        return deleted.find() ? Integer.parseInt(deleted.group(1)) : 0;
    }
}
