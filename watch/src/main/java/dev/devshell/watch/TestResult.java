package dev.devshell.watch;

import dev.devshell.watch.worker.Told.Problem;
import java.util.List;
import java.util.Map;

/**
 * How one test went, or a group of tests as a whole where that failed.
 *
 * @param test the class at the top that it belongs to
 * @param name as a person reads it, with the classes and tests that it is nested in
 * @param method empty for a class
 * @param output what it printed
 * @param entries what it reported, in order
 */
public record TestResult(
        String uniqueId,
        String test,
        String name,
        String method,
        Status status,
        long millis,
        Problem problem,
        String output,
        List<Map<String, String>> entries) {
    public TestResult {
        entries = List.copyOf(entries);
    }

    /** How it went. */
    public enum Status {
        PASSED,
        FAILED,
        /** Disabled, or an assumption did not hold; the problem's message says why. */
        SKIPPED
    }

    public boolean failed() {
        return status == Status.FAILED;
    }
}
