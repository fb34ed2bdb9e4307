package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A file of 200 MB that is moved into the tree whole, and then 1 MB of it rewritten in its middle. */
final class LargeFile {
    static final String NEW = "a new file of 200 MB";
    static final String REWRITTEN = "1 MB rewritten in its middle";

    private static final String COPY = "docker cp";
    private static final int MEGABYTES = 200;
    private static final int MEGABYTE = 1 << 20;
    private static final long SIZE = (long) MEGABYTES * MEGABYTE;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private LargeFile() {}

    static void run(Site site, String program, boolean floor, Report report)
            throws IOException, InterruptedException, TimeoutException {
        Path made = site.project().resolve("large.bin");
        Contents.large(made, MEGABYTES);
        byte[] end = new byte[MEGABYTE];
        try (var file = Files.newByteChannel(made)) {
            file.position(SIZE - MEGABYTE).read(java.nio.ByteBuffer.wrap(end));
        }
        if (floor) {
            report.floor(NEW, Sample.of(List.of(site.pipe(site.project(), "large.bin", "/floor"))));
            report.add(NEW, COPY, Sample.of(List.of(site.copy("large.bin"))));
            report.add(REWRITTEN, COPY, Sample.of(List.of(site.copy("large.bin"), site.copy("large.bin"))));
        }
        Path there = site.inside().resolve("large.bin");
        long since = System.nanoTime();
        Files.move(made, site.tree().resolve("large.bin"));
        double first = Arrival.await(NEW, () -> Arrival.holdsAt(there, SIZE, SIZE - MEGABYTE, end), since, LIMIT);
        report.add(NEW, program, Sample.of(List.of(first)));
        rewrite(site, there, program, report);
        if (Files.mismatch(site.tree().resolve("large.bin"), there) >= 0) {
            throw new IOException("the large file differs after its sync");
        }
    }

    private static void rewrite(Site site, Path there, String program, Report report)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread.sleep(3_000);
            byte[] middle = Contents.of(i, MEGABYTE);
            long since = Contents.overwrite(site.tree().resolve("large.bin"), SIZE / 2, middle);
            times.add(Arrival.await(REWRITTEN, () -> Arrival.holdsAt(there, SIZE, SIZE / 2, middle), since, LIMIT));
        }
        report.add(REWRITTEN, program, Sample.of(times));
    }
}
