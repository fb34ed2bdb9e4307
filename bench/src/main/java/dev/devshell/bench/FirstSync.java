package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** The first sync of 10,000 files into an empty directory of the container, from the moment the program may start. */
final class FirstSync {
    static final String SCENARIO = "first sync of 10,000 files of 4 KB";

    private static final int FILES = 10_000;
    private static final int SIZE = 4_096;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private FirstSync() {}

    /** Returns the time of the tar pipe and that of the program, on one fresh container. */
    static List<Double> round(Lab lab, Program program) throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site("first-" + program.title())) {
            List<Contents.Planned> files = Contents.plan("src", FILES, SIZE, 5_000);
            Contents.create(site.tree(), files);
            double pipe = site.pipe(site.tree(), ".", "/floor");
            try (Program.Running running = program.prepare(site)) {
                Thread.sleep(1_000);
                long since = System.nanoTime();
                running.begin();
                double all = Arrival.all(site.inside(), files, since, LIMIT);
                if (Files.notExists(site.tree().resolve(files.get(0).path()))) {
                    throw new IOException("the first sync lost a file of the host");
                }
                return List.of(pipe, all);
            }
        }
    }
}
