package dev.devshell.bench;

import dev.devshell.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** One edit at a time: a file, of 2 KB where nothing else is said, is written in place on one side, until its new content can be read on the other. */
final class Edits {
    static final int SIZE = 2_048;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Edits come after a pause, when caches are cold and threads sleep. */
    private static final int PAUSE_MILLIS = 40;

    private final Random random = new Random(42);
    private final int size;

    Edits() {
        this(SIZE);
    }

    Edits(int size) {
        this.size = size;
    }

    Sample across(Path from, Path to, List<Contents.Planned> files, int trials)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            String path = files.get(random.nextInt(files.size())).path();
            byte[] content = next();
            long since = Contents.overwrite(from.resolve(path), 0, content);
            times.add(Arrival.content(to.resolve(path), content, since, LIMIT));
        }
        return Sample.of(times);
    }

    Sample floorToContainer(Engine engine, Site site, int trials)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> times = new ArrayList<>();
        try (LivingTar tar = new LivingTar(engine, site.container(), "/floor")) {
            for (int i = 0; i < trials; i++) {
                byte[] content = next();
                long since = Contents.overwrite(site.project().resolve("floor.txt"), 0, content);
                tar.send("floor.txt", content);
                times.add(Arrival.content(site.root().resolve("floor/floor.txt"), content, since, LIMIT));
            }
        }
        return Sample.of(times);
    }

    Sample floorToHost(Engine engine, Site site, int trials)
            throws IOException, InterruptedException, TimeoutException {
        List<Double> times = new ArrayList<>();
        Path target = site.project().resolve("floor.txt");
        try (LivingPipe pipe = new LivingPipe(engine, site)) {
            for (int i = 0; i < trials; i++) {
                byte[] content = next();
                CompletableFuture<Void> received = CompletableFuture.runAsync(() -> receive(pipe, target, size));
                Thread.sleep(PAUSE_MILLIS);
                long since = Contents.overwrite(site.root().resolve("floor/edited.txt"), 0, content);
                pipe.send(content);
                times.add(Arrival.content(target, content, since, LIMIT));
                received.join();
            }
        }
        return Sample.of(times);
    }

    private static void receive(LivingPipe pipe, Path target, int size) {
        try {
            pipe.receive(target, size);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the floor's pipe broke", e);
        }
    }

    private byte[] next() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS + random.nextInt(PAUSE_MILLIS));
        return Contents.of(random.nextLong(), size);
    }
}
