package dev.devshell.watch.worker;

import java.io.IOException;
import java.util.List;

/** What a worker tells the loop. */
public sealed interface Told {
    /** It is ready for orders. */
    record Ready(long pid, String platform) implements Told {}

    /** It is alive, whatever the tests do; told every second. */
    record Beat() implements Told {}

    /** The run begins, with so many tests as far as is known. */
    record Planned(int run, long tests) implements Told {}

    record Started(int run, TestName test) implements Told {}

    /**
     * A test, or a class as a whole, has ended.
     *
     * @param status {@code SUCCESSFUL}, {@code ABORTED} or {@code FAILED}, as the JUnit Platform has it
     * @param nanos that it took
     * @param failure empty where there is none
     */
    record Finished(int run, TestName test, String status, long nanos, Problem failure) implements Told {}

    record Skipped(int run, TestName test, String reason) implements Told {}

    /** A report entry; the texts are keys and values in turn. */
    record Reported(int run, String uniqueId, List<String> entries) implements Told {
        public Reported {
            entries = List.copyOf(entries);
        }
    }

    /** Something was printed; {@code uniqueId} is empty where it is not known by which test. */
    record Printed(int run, String uniqueId, boolean error, String text) implements Told {}

    /**
     * The run is over.
     *
     * @param failure why it could not be done; empty where it could
     */
    record Done(int run, boolean cancelled, String failure) implements Told {}

    /** Of the files of {@link Order.Whose}, those that the tests wrote. */
    record Own(int number, List<String> files) implements Told {
        public Own {
            files = List.copyOf(files);
        }
    }

    /**
     * What the JVM holds after a garbage collection.
     *
     * @param loaders class loaders of past runs that are still reachable
     */
    record Measured(long metaspaceBytes, long heapBytes, int loadedClasses, int loaders) implements Told {}

    /**
     * Which test it is.
     *
     * @param parentId empty for an engine
     * @param className empty where the engine does not say
     * @param method its name, with parameter types; empty for a class
     * @param isTest whether it is a test, not a class or another group of tests
     */
    record TestName(
            String uniqueId, String parentId, String displayName, String className, String method, boolean isTest) {}

    /** Why a test failed: the type of what was thrown, its message, and the stack trace with causes. */
    record Problem(String type, String message, String stack) {
        public static final Problem NONE = new Problem("", "", "");

        public boolean isNone() {
            return type.isEmpty();
        }
    }

    /** Returns it as a frame. */
    default List<String> frame() {
        return ToldFrames.write(this);
    }

    /** Reads a frame. */
    static Told of(List<String> frame) throws IOException {
        return ToldFrames.read(frame);
    }
}
