package dev.devshell.watch.worker;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tells the loop what JUnit tells. */
final class Teller implements TestExecutionListener {
    private final int run;
    private final Line line;
    private final Map<String, Long> began = new ConcurrentHashMap<>();

    Teller(int run, Line line) {
        this.run = run;
        this.line = line;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        line.tell(new Told.Planned(run, plan.countTestIdentifiers(TestIdentifier::isTest)));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            Capture.test(test.getUniqueId());
        }
        began.put(test.getUniqueId(), System.nanoTime());
        line.tell(new Told.Started(run, name(test)));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Long since = began.remove(test.getUniqueId());
        long nanos = since == null ? 0 : System.nanoTime() - since;
        System.out.flush();
        System.err.flush();
        line.tell(new Told.Finished(
                run,
                name(test),
                result.getStatus().name(),
                nanos,
                result.getThrowable().map(Teller::problem).orElse(Told.Problem.NONE)));
        Capture.test("");
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        line.tell(new Told.Skipped(run, name(test), reason));
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        List<String> entries = new ArrayList<>();
        entry.getKeyValuePairs().forEach((key, value) -> {
            entries.add(key);
            entries.add(value);
        });
        line.tell(new Told.Reported(run, test.getUniqueId(), entries));
    }

    private static Told.TestName name(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        String type = "";
        String method = "";
        if (source.isPresent() && source.get() instanceof MethodSource of) {
            type = of.getClassName();
            method = of.getMethodName() + "(" + of.getMethodParameterTypes() + ")";
        } else if (source.isPresent() && source.get() instanceof ClassSource of) {
            type = of.getClassName();
        }
        return new Told.TestName(
                test.getUniqueId(), test.getParentId().orElse(""), test.getDisplayName(), type, method, test.isTest());
    }

    static Told.Problem problem(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        String message = thrown.getMessage();
        return new Told.Problem(thrown.getClass().getName(), message == null ? "" : message, stack.toString());
    }
}
