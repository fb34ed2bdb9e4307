package dev.devshell.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.watch.build.BuildModel;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.build.Models;
import dev.devshell.watch.worker.Order;
import dev.devshell.watch.worker.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left in the JVM of the tests when they have been run again and again. */
@Timeout(300)
class WorkerLeakTests implements WorkerJvm.Listener {
    private static final int WARM = 100;
    private static final int RUNS = 300;

    /** What the compiler learns of methods goes on growing for a while; the classes of 200 runs would be six times as much. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    @Override
    public void told(WorkerJvm worker, Told what) {
        if (what instanceof Told.Done || what instanceof Told.Measured) {
            told.add(what);
        }
    }

    @Override
    public void died(WorkerJvm worker, String why) {
        told.add(new Told.Done(-1, false, why));
    }

    private Told next() throws InterruptedException {
        Told next = told.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next == null ? new Told.Beat() : next;
    }

    private Told.Measured measured(WorkerJvm worker) throws InterruptedException {
        worker.order(new Order.Measure());
        Told answer = next();
        assertThat(answer).isInstanceOf(Told.Measured.class);
        return answer instanceof Told.Measured measured ? measured : new Told.Measured(0, 0, 0, 0);
    }

    @Test
    void holdsNothingOfRunsThatAreOver(@TempDir Path root, TestReporter reporter) throws InterruptedException {
        TinyMaven project = new TinyMaven(root.resolve("project"), "6.1.3");
        Path scratch = root.resolve("scratch");
        BuildModel model = new Models(BuildTool.find(project.directory, scratch), scratch).get(line -> {});
        List<String> roots = List.of(model.test().classes() + "/", model.main().classes() + "/");

        try (WorkerJvm worker = WorkerJvm.start(model, scratch, this)) {
            Told.Measured warm = new Told.Measured(0, 0, 0, 0);
            for (int run = 1; run <= RUNS; run++) {
                worker.order(new Order.RunTests(
                        run, roots, List.of("class:tiny.AdderTest", "class:tiny.OtherTest"), List.of(), List.of()));
                assertThat(next()).isEqualTo(new Told.Done(run, false, ""));
                warm = run == WARM ? measured(worker) : warm;
            }
            Told.Measured end = measured(worker);
            reporter.publishEntry("after " + WARM + " runs", warm.toString());
            reporter.publishEntry("after " + RUNS + " runs", end.toString());

            assertThat(end.loaders()).isLessThanOrEqualTo(1);
            assertThat(end.metaspaceBytes()).isLessThan(warm.metaspaceBytes() + MOST_BYTES);
            assertThat(end.loadedClasses()).isLessThan(warm.loadedClasses() + 100);
        }
    }
}
