package dev.devshell.watch;

import dev.devshell.watch.select.Past;
import dev.devshell.watch.select.TestClasses;
import dev.devshell.watch.worker.Told;
import dev.devshell.watch.worker.Told.Problem;
import dev.devshell.watch.worker.Told.TestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps what a worker tells of one run. */
final class RunBook {
    private static final int MOST_OUTPUT = 200_000;

    private final Map<String, TestName> names = new HashMap<>();
    private final Map<String, StringBuilder> output = new HashMap<>();
    private final Map<String, List<Map<String, String>>> entries = new HashMap<>();
    private final List<TestResult> results = new ArrayList<>();
    private final Map<String, Long> millis = new LinkedHashMap<>();

    List<TestResult> results() {
        return results;
    }

    void started(TestName test) {
        names.put(test.uniqueId(), test);
    }

    void printed(Told.Printed printed) {
        StringBuilder text = output.computeIfAbsent(printed.uniqueId(), missing -> new StringBuilder());
        if (text.length() < MOST_OUTPUT) {
            text.append(printed.text());
        }
    }

    void reported(Told.Reported reported) {
        Map<String, String> entry = new LinkedHashMap<>();
        for (int i = 0; i + 1 < reported.entries().size(); i += 2) {
            entry.put(reported.entries().get(i), reported.entries().get(i + 1));
        }
        entries.computeIfAbsent(reported.uniqueId(), missing -> new ArrayList<>())
                .add(entry);
    }

    /** Returns the result where it is one that a person wants to hear of: of a test, or of a class that failed as a whole. */
    Optional<TestResult> finished(Told.Finished finished) {
        TestName test = finished.test();
        names.put(test.uniqueId(), test);
        boolean failed = finished.status().equals("FAILED");
        long took = finished.nanos() / 1_000_000;
        if (!test.isTest() && !test.className().isEmpty() && test.className().equals(top(test))) {
            millis.put(top(test), took);
        }
        if (!test.isTest() && !failed) {
            return Optional.empty();
        }
        TestResult.Status status = failed
                ? TestResult.Status.FAILED
                : finished.status().equals("ABORTED") ? TestResult.Status.SKIPPED : TestResult.Status.PASSED;
        return Optional.of(add(test, status, took, finished.failure()));
    }

    TestResult skipped(Told.Skipped skipped) {
        names.put(skipped.test().uniqueId(), skipped.test());
        millis.putIfAbsent(top(skipped.test()), 0L);
        return add(skipped.test(), TestResult.Status.SKIPPED, 0, new Problem("", skipped.reason(), ""));
    }

    private TestResult add(TestName test, TestResult.Status status, long took, Problem problem) {
        String id = test.uniqueId();
        TestResult result = new TestResult(
                id,
                top(test),
                name(test),
                test.method(),
                status,
                took,
                problem,
                output.getOrDefault(id, new StringBuilder()).toString(),
                entries.getOrDefault(id, List.of()));
        results.add(result);
        return result;
    }

    /** The engine says of most tests which class they are in; of the others, what they are part of does. */
    private String top(TestName test) {
        for (TestName at = test; at != null; at = names.get(at.parentId())) {
            if (!at.className().isEmpty()) {
                return TestClasses.top(at.className());
            }
        }
        return "";
    }

    private String name(TestName test) {
        List<String> parts = new ArrayList<>();
        for (TestName at = test; at != null && !at.parentId().isEmpty(); at = names.get(at.parentId())) {
            parts.add(0, at.displayName());
        }
        return parts.isEmpty() ? test.displayName() : String.join(" > ", parts);
    }

    /** Returns the past with what is known of each class now; of those that were not done, nothing is. */
    Past after(Past past, Set<String> chosen, boolean complete) {
        Set<String> failed = new HashSet<>();
        results.stream().filter(TestResult::failed).forEach(result -> failed.add(result.test()));
        Past after = complete ? past : past.without(chosen);
        Set<String> seen = new HashSet<>(millis.keySet());
        seen.addAll(failed);
        if (complete) {
            // A class without tests is known, and need not be tried again.
            seen.addAll(chosen);
        }
        for (String test : seen) {
            after = after.with(test, !failed.contains(test), millis.getOrDefault(test, 0L));
        }
        return after;
    }
}
