package dev.devshell.fault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Counts the points at which state changes hands, and lets something go wrong at them.
 *
 * <p>Once the world has stopped, every later step fails and has no effect: what is on the disk then is what a process that was killed there leaves behind.
 */
public final class Faults {
    private final Plan plan;
    private final List<Point> points = new ArrayList<>();
    private final Map<Step, Integer> taken = new EnumMap<>(Step.class);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    public Faults(Plan plan) {
        this.plan = plan;
    }

    /** Returns faults that only count. */
    public static Faults none() {
        return new Faults((point, faults) -> {});
    }

    /** What is done to a disk, or said over a stream. */
    public enum Step {
        READ,
        LIST,
        CREATE,
        WRITE,
        RENAME,
        SYNC,
        LINK,
        UNLINK,
        MKDIR,
        CHMOD,
        SENT,
        RECEIVED
    }

    /**
     * A step that is about to be taken.
     *
     * @param number among all that change something, from 1 on; 0 for a mere look
     * @param ofStep among those of its kind, from 1 on
     */
    public record Point(int number, Step step, int ofStep, String what) {}

    /** Decides what goes wrong at a point; throws, stops the world, or does nothing. */
    @FunctionalInterface
    public interface Plan {
        void at(Point point, Faults faults) throws IOException;
    }

    /** The part of a step that happens although it fails. */
    @FunctionalInterface
    public interface Torn {
        void happen() throws IOException;
    }

    /** The world has stopped. */
    public static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the world has stopped");
        }
    }

    /** What a disk says when it fails, in the words of the C library. */
    public enum Errno {
        NO_SPACE("No space left on device"),
        IO("Input/output error"),
        READ_ONLY("Read-only file system"),
        DENIED("Operation not permitted");

        private final String words;

        Errno(String words) {
            this.words = words;
        }

        public IOException of(Point point) {
            return new FileSystemException(point.what(), null, words);
        }
    }

    public void pass(Step step, String what) throws IOException {
        pass(step, what, () -> {});
    }

    /** Counts a step, and throws when it is not to be taken; {@code torn} is then all that happens of it. */
    public void pass(Step step, String what, Torn torn) throws IOException {
        Point point;
        synchronized (this) {
            if (stopped.isDone()) {
                throw new Stopped();
            }
            int number = step == Step.READ || step == Step.LIST ? 0 : points.size() + 1;
            point = new Point(number, step, taken.merge(step, 1, Integer::sum), what);
            if (number > 0) {
                points.add(point);
            }
        }
        try {
            plan.at(point, this);
        } catch (IOException e) {
            torn.happen();
            throw e;
        }
    }

    /** Stops the world at the step that is being taken. */
    public void stop() throws Stopped {
        stopped.complete(null);
        throw new Stopped();
    }

    /** Completes when the world stops. */
    public CompletableFuture<Void> stopped() {
        return stopped;
    }

    public boolean isStopped() {
        return stopped.isDone();
    }

    /** Returns the points that were passed. */
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
