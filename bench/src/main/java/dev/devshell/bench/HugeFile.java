package dev.devshell.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** A file of 2 GiB that is moved into the tree, on one side and then on the other, and the most memory that it takes at both ends. */
final class HugeFile {
    static final String SCENARIO = "a new file of 2 GiB";

    private static final int MEGABYTES = 2_048;
    private static final int MEGABYTE = 1 << 20;
    private static final long SIZE = (long) MEGABYTES * MEGABYTE;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Site site;
    private final String program;
    private final Program.Running running;
    private final Report report;

    HugeFile(Site site, Program program, Program.Running running, Report report) {
        this.site = site;
        this.program = program.title();
        this.running = running;
        this.report = report;
    }

    void run() throws IOException, InterruptedException, TimeoutException {
        Path made = site.project().resolve("huge.bin");
        Contents.large(made, MEGABYTES);
        cross(", host -> container", made, site.tree(), site.inside());
        Files.delete(site.tree().resolve("huge.bin"));
        Path inside = site.root().resolve("floor/huge.bin");
        Contents.large(inside, MEGABYTES);
        cross(", container -> host", inside, site.inside(), site.tree());
    }

    private void cross(String way, Path made, Path from, Path to)
            throws IOException, InterruptedException, TimeoutException {
        byte[] end = end(made);
        List<Long> host = running.processes();
        List<Long> guests = List.copyOf(site.guests());
        Usage.forgetMost(host);
        Usage.forgetMost(guests);
        String name = made.getFileName() + (from.equals(site.tree()) ? "" : ".back");
        long since = System.nanoTime();
        Files.move(made, from.resolve(name));
        Path there = to.resolve(name);
        double took =
                Arrival.await(SCENARIO + way, () -> Arrival.holdsAt(there, SIZE, SIZE - MEGABYTE, end), since, LIMIT);
        report.add(SCENARIO + way, program, Sample.of(List.of(took)));
        report.note(
                SCENARIO + way + ", memory",
                program,
                String.format(
                        Locale.ROOT,
                        "at most %d MB on the host + %d MB in the container",
                        Usage.mostMegabytes(host),
                        Usage.mostMegabytes(guests)));
    }

    private static byte[] end(Path file) throws IOException {
        byte[] end = new byte[MEGABYTE];
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(ByteBuffer.wrap(end), SIZE - MEGABYTE);
        }
        return end;
    }
}
