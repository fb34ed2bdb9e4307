package dev.devshell.differ;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays scripts in one container, one after the other. */
final class Runner implements AutoCloseable {
    private final Path directory;
    private final Box box = new Box();
    private final ExecutorService players = Executors.newFixedThreadPool(2);
    private int runs;

    Runner(Path directory) throws IOException {
        this.directory = directory;
    }

    /** Plays a script on both sides at once, waits until all is quiet, and judges. */
    Outcome run(Script script) throws IOException {
        long began = System.nanoTime();
        try (Stage stage =
                new Stage(Files.createDirectory(directory.resolve("r" + ++runs + "-" + script.seed())), box)) {
            Evidence evidence = new Evidence();
            int refused;
            long played;
            List<String> violations;
            try (Observer observer = new Observer(stage.host, stage.container, evidence.stood())) {
                refused = play(stage, script, observer, evidence);
                played = System.nanoTime();
                violations = judge(stage, new Judge(stage, box, evidence));
            }
            String summary = String.format(
                    "%d steps (%d did not fit), played in %d ms, quiet and judged in %d ms; %d contents appeared, %d stood",
                    script.steps().size(),
                    refused,
                    (played - began) / 1_000_000,
                    (System.nanoTime() - played) / 1_000_000,
                    evidence.appeared().contents().size(),
                    evidence.stood().contents().size());
            return new Outcome(violations, summary);
        }
    }

    private int play(Stage stage, Script script, Observer observer, Evidence evidence) throws IOException {
        Hand onHost = new NotingHand(new HostHand(stage.host), Side.HOST, stage.host, evidence);
        Hand inContainer = new NotingHand(
                new ContainerHand(box.shell, stage.containerRoot), Side.CONTAINER, stage.container, evidence);
        Future<Integer> host = players.submit(new Player(onHost, script.of(Side.HOST), observer));
        Future<Integer> container = players.submit(new Player(inContainer, script.of(Side.CONTAINER), observer));
        try {
            return host.get() + container.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("a step failed as none should: " + e.getCause(), e);
        }
    }

    private static List<String> judge(Stage stage, Judge judge) throws IOException {
        try {
            stage.quiet();
        } catch (DevshellException e) {
            return List.of("flush fails: " + e.code() + ": " + e.what() + ": " + e.why() + "; " + stage.problems());
        }
        return judge.violations();
    }

    @Override
    public void close() throws IOException {
        players.shutdownNow();
        box.close();
    }
}
