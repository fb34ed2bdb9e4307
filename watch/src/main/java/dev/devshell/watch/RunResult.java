package dev.devshell.watch;

import dev.devshell.watch.select.Selection;
import java.util.List;
import java.util.Map;

/**
 * How a run went.
 *
 * @param results in the order they came
 * @param savedMillis when what it answers was seen to be saved, or asked for, as {@link System#currentTimeMillis()}
 * @param stages what took how many milliseconds, in order; the last is {@code verdict}, from the save to the end
 * @param changedMeanwhile whether something changed during the run: what was seen may be of both
 * @param trouble why not all of it could be run; empty where it could
 */
public record RunResult(
        Selection selection,
        List<TestResult> results,
        long savedMillis,
        Map<String, Long> stages,
        boolean changedMeanwhile,
        String trouble) {
    public RunResult {
        results = List.copyOf(results);
        stages = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(stages));
    }

    public long count(TestResult.Status status) {
        return results.stream().filter(one -> one.status() == status).count();
    }

    public List<TestResult> failures() {
        return results.stream().filter(TestResult::failed).toList();
    }

    public boolean ok() {
        return trouble.isEmpty() && failures().isEmpty();
    }
}
