package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A thousand new files in fifty new folders, each way, then their removal, with the one-shot tar pipe between the rounds.
 *
 * <p>All is created before anything is deleted: a file system creates many times slower for a while after a mass delete.
 */
final class ManyFiles {
    static final String THERE = "1,000 new files of 4 KB, host -> container";
    static final String BACK = "1,000 new files of 4 KB, container -> host";
    static final String LAST = ", from the last write";
    static final String DELETED_THERE = "the same deleted on the host";
    static final String DELETED_BACK = "the same deleted in the container";

    private static final int FILES = 1_000;
    private static final int SIZE = 4_096;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 1_500;

    private final Site site;
    private final boolean floor;
    private final boolean back;
    private final Report report;
    private final String program;

    ManyFiles(Site site, Program program, boolean floor, Report report) {
        this.site = site;
        this.floor = floor;
        this.back = program.goesBack();
        this.report = report;
        this.program = program.title();
    }

    void run(int rounds) throws IOException, InterruptedException, TimeoutException {
        create("there", rounds, site.tree(), site.inside(), THERE);
        if (back) {
            create("back", rounds, site.inside(), site.tree(), BACK);
            delete("back", rounds, site.inside(), site.tree(), DELETED_BACK);
        }
        delete("there", rounds, site.tree(), site.inside(), DELETED_THERE);
    }

    private void create(String name, int rounds, Path from, Path to, String scenario)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> pipes = new ArrayList<>();
        List<Double> written = new ArrayList<>();
        List<Double> sinceFirst = new ArrayList<>();
        List<Double> sinceLast = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (floor) {
                Thread.sleep(PAUSE_MILLIS);
                double writing = write(name + round, from.equals(site.tree()));
                double pipe = pipe(name + round, from.equals(site.tree()));
                pipes.add(pipe);
                written.add(writing + pipe);
            }
            List<Contents.Planned> files = files(name, round);
            Thread.sleep(PAUSE_MILLIS);
            long first = System.nanoTime();
            Contents.create(from, files);
            long last = System.nanoTime();
            sinceFirst.add(Arrival.all(to, files, first, LIMIT));
            sinceLast.add((System.nanoTime() - last) / 1e6);
        }
        report.floor(scenario, Sample.of(written));
        report.add(scenario, program, Sample.of(sinceFirst));
        report.floor(scenario + LAST, Sample.of(pipes));
        report.add(scenario + LAST, program, Sample.of(sinceLast));
    }

    /** Writes as many files of the same size in a place that no program looks at, and returns how long that took. */
    private double write(String name, boolean onHost) throws IOException {
        List<Contents.Planned> files = Contents.plan("from-" + name, FILES, SIZE, 7);
        long since = System.nanoTime();
        Contents.create(floor(onHost), files);
        return (System.nanoTime() - since) / 1e6;
    }

    private Path floor(boolean onHost) {
        return (onHost ? site.project() : site.root()).resolve("floor");
    }

    /** Sends them as a tar, to a place that no program looks at either. */
    private double pipe(String name, boolean toContainer) throws IOException, InterruptedException {
        Path source = floor(toContainer);
        if (toContainer) {
            return site.pipe(source, "from-" + name, "/floor");
        }
        Files.createDirectories(floor(true));
        return site.pipeBack("/floor", "from-" + name, floor(true));
    }

    private void delete(String name, int rounds, Path from, Path to, String scenario)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> floors = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            if (floor) {
                Thread.sleep(PAUSE_MILLIS);
                floors.add(remove(name + round, from.equals(site.tree())));
            }
            Thread.sleep(PAUSE_MILLIS);
            List<Contents.Planned> files = files(name, round);
            long since = System.nanoTime();
            removeTree(from.resolve(name + round), scenario);
            times.add(Arrival.gone(to, files, since, LIMIT));
        }
        report.floor(scenario, Sample.of(floors));
        report.add(scenario, program, Sample.of(times));
    }

    /** Removes again what was put back into it meanwhile, and tells that: a sync must not do so. */
    private void removeTree(Path directory, String scenario) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Command.run(site.project(), "rm", "-r", directory.toString());
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                report.note(scenario, program, "put something back into a directory while it was removed");
            }
        }
    }

    /** Removes what the tar pipe made, on the side that the deletion has to reach. */
    private double remove(String name, boolean inContainer) throws IOException, InterruptedException {
        return inContainer
                ? Command.timed(site.project(), "docker exec " + site.container() + " rm -r /floor/from-" + name)
                : Command.timed(site.project(), "rm -r floor/from-" + name);
    }

    private static List<Contents.Planned> files(String name, int round) {
        return Contents.plan(name + round, FILES, SIZE, 10_000L * (round + 1));
    }
}
