package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.fault.Faults;
import dev.devshell.fault.Faults.Point;
import dev.devshell.fault.Faults.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One script of edits on both sides, with the real agent, again and again: each time something else dies at another of the points at which state changes hands (a
 * frame said or heard, a file made, renamed, removed, a record appended).
 */
class KillPointsTests {
    private static final Logger LOG = LoggerFactory.getLogger(KillPointsTests.class);

    /** How many points are tried, in each way; the nightly profile tries all. */
    private static final int TRIED = Integer.getInteger("devshell.kills", 12);

    @TempDir
    Path directory;

    private final AtomicInteger runs = new AtomicInteger();

    /** What happens at the point. */
    private enum Death {
        DEVSHELL {
            @Override
            void strike(Point point, Faults faults, LocalAgent agent) throws IOException {
                faults.stop();
            }
        },
        AGENT {
            @Override
            void strike(Point point, Faults faults, LocalAgent agent) {
                agent.kill();
            }
        },
        STREAM {
            @Override
            void strike(Point point, Faults faults, LocalAgent agent) throws IOException {
                agent.hangUp();
            }
        },
        DISK {
            @Override
            boolean concerns(Point point) {
                return point.step() != Step.SENT && point.step() != Step.RECEIVED;
            }

            @Override
            void strike(Point point, Faults faults, LocalAgent agent) throws IOException {
                throw (point.number() % 2 == 0 ? Faults.Errno.NO_SPACE : Faults.Errno.IO).of(point);
            }
        };

        boolean concerns(Point point) {
            return true;
        }

        abstract void strike(Point point, Faults faults, LocalAgent agent) throws IOException;
    }

    @Test
    @DisplayName("rules 1, 2, 3 and 6: devshell is killed at any point at which state changes hands")
    void survivesTheDeathOfDevshellAtEveryPoint() throws Exception {
        killAtEveryPoint(Death.DEVSHELL);
    }

    @Test
    @DisplayName("rules 1, 2, 3 and 6: the agent is killed at any point at which state changes hands")
    void survivesTheDeathOfTheAgentAtEveryPoint() throws Exception {
        killAtEveryPoint(Death.AGENT);
    }

    @Test
    @DisplayName("rules 1, 2, 3 and 6: the stream is cut at any point at which state changes hands")
    void survivesTheCutOfTheStreamAtEveryPoint() throws Exception {
        killAtEveryPoint(Death.STREAM);
    }

    @Test
    @DisplayName("rules 1, 2 and 3: the host's disk fails once, at any step that it is asked for")
    void survivesAFailureOfTheDiskAtEveryStep() throws Exception {
        killAtEveryPoint(Death.DISK);
    }

    private void killAtEveryPoint(Death death) throws Exception {
        long seed = Long.getLong("devshell.seed", System.nanoTime());
        int points = (int) run(0, death).stream().filter(death::concerns).count();
        List<Integer> order = new ArrayList<>();
        for (int number = 1; number <= points; number++) {
            order.add(number);
        }
        Collections.shuffle(order, new Random(seed));
        List<Integer> tried = order.subList(0, Math.min(TRIED, order.size()));
        LOG.info("{} at {} of {} points; -Ddevshell.seed={}", death, tried.size(), order.size(), seed);
        Integer only = Integer.getInteger("devshell.point");
        for (int number : only == null ? tried : List.of(only)) {
            try {
                run(number, death);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        death + " at point " + number + "; -Ddevshell.point=" + number + ", -Ddevshell.seed=" + seed,
                        e);
            }
        }
    }

    /** Runs the script, with something dying at a point; 0 is none. */
    private List<Point> run(int number, Death death) throws Exception {
        try (MortalProject project = new MortalProject(directory.resolve("run" + runs.incrementAndGet()))) {
            AtomicReference<Point> struck = new AtomicReference<>();
            AtomicInteger passed = new AtomicInteger();
            Faults faults = new Faults((point, all) -> {
                if (point.number() > 0 && death.concerns(point) && passed.incrementAndGet() == number) {
                    struck.set(point);
                    death.strike(point, all, project.agent());
                }
            });
            project.live(faults);
            assertThat(project.problems())
                    .as("%s at %s of %d", death, struck, faults.points().size())
                    .isEmpty();
            if (death == Death.DISK) {
                LOG.info("{}: {}", struck, project.complaints());
            } else {
                assertThat(project.complaints()).isEmpty();
            }
            return faults.points();
        }
    }
}
