package dev.devshell.page;

import dev.devshell.DevshellException;
import dev.devshell.watch.RunResult;
import dev.devshell.watch.TestLoop;
import dev.devshell.watch.TestResult;
import dev.devshell.watch.TestScreen;
import dev.devshell.watch.compile.Problem;
import dev.devshell.watch.select.Selection;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the tests as {@code devshell test} does, and tells how they go, in that command's own events. */
final class TestFeed implements TestScreen, AutoCloseable {
    private static final int KEPT_EVENTS = 3000;
    private static final int KEPT_CHARS = 2 << 20;
    private static final int LONGEST = 20_000;

    private final PageProject.Tests tests;
    private final Audience audience;
    private final Deque<Map<String, Object>> kept = new ArrayDeque<>();
    private int chars;
    private long number;
    private @Nullable Thread thread;
    private @Nullable TestLoop loop;
    private boolean watching;

    TestFeed(PageProject.Tests tests, Audience audience) {
        this.tests = tests;
        this.audience = audience;
    }

    synchronized void greet(Listener listener) {
        listener.tell(Message.state("tests", List.copyOf(kept)));
        listener.tell(Message.state("testing", standing()));
    }

    private Map<String, Object> standing() {
        return PageJson.object("active", thread != null, "watching", watching);
    }

    /** Begins to run them; of a loop that goes on already, asks for all of them again. */
    synchronized void run(boolean watch) {
        if (thread == null) {
            watching = watch;
            thread = Threads.start("tests", () -> loop(watch));
        } else if (loop != null) {
            loop.key('r');
        }
        audience.tell(Message.state("testing", standing()));
    }

    /** Has a loop that goes on run those that failed. */
    synchronized void runFailed() {
        if (loop != null) {
            loop.key('f');
        }
    }

    synchronized void stop() {
        if (loop != null) {
            loop.key('q');
        } else if (thread != null) {
            thread.interrupt();
        }
    }

    private void loop(boolean watch) {
        try {
            TestLoop opened = new TestLoop(tests.settings(watch), this);
            synchronized (this) {
                loop = opened;
            }
            opened.run();
        } catch (DevshellException e) {
            if (!Thread.currentThread().isInterrupted()) {
                failed(e);
            }
        } finally {
            over();
        }
    }

    private synchronized void over() {
        loop = null;
        thread = null;
        watching = false;
        audience.tell(Message.state("testing", standing()));
    }

    private synchronized void event(String name, Object... namesAndValues) {
        number++;
        Map<String, Object> event = PageJson.object("event", name, "n", number, "at", System.currentTimeMillis());
        event.putAll(PageJson.object(namesAndValues));
        Message message = Message.event("test", event);
        kept.add(event);
        chars += message.json().length();
        while (kept.size() > KEPT_EVENTS || chars > KEPT_CHARS) {
            chars -= PageJson.line(kept.remove()).length();
        }
        audience.tell(message);
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    @Override
    public void busy(String with) {
        if (!with.isBlank()) {
            event("busy", "with", with.strip());
        }
    }

    @Override
    public void runs(Selection selection, List<Path> changed) {
        event("run", "why", selection.why(), "changed", changed, "tests", selection.tests());
    }

    @Override
    public void started(String name) {
        event("started", "name", name);
    }

    @Override
    public void finished(TestResult result) {
        event(
                "finished",
                "class",
                result.test(),
                "name",
                result.name(),
                "status",
                result.status(),
                "millis",
                result.millis(),
                "message",
                cut(result.problem().message()),
                "type",
                result.problem().type(),
                "stack",
                cut(result.problem().stack()),
                "output",
                cut(result.output()));
    }

    @Override
    public void printed(String text) {
        // A test's output comes with its end.
    }

    @Override
    public void cancelled(List<Path> changed) {
        event("cancelled", "changed", changed);
    }

    @Override
    public void broken(List<Problem> problems) {
        event("broken", "problems", problems);
    }

    @Override
    public void done(RunResult result) {
        event(
                "done",
                "ok",
                result.ok(),
                "passed",
                result.count(TestResult.Status.PASSED),
                "failed",
                result.count(TestResult.Status.FAILED),
                "skipped",
                result.count(TestResult.Status.SKIPPED),
                "changedMeanwhile",
                result.changedMeanwhile(),
                "trouble",
                result.trouble(),
                "stages",
                result.stages());
    }

    @Override
    public void nothing(List<Path> changed) {
        event("nothing", "changed", changed);
    }

    @Override
    public void failed(DevshellException failure) {
        event("error", "fault", Answer.fault(failure));
    }

    @Override
    public void say(String line) {
        event("said", "text", line);
    }

    @Override
    public void waiting(boolean paused, boolean brokenOnly, boolean output) {
        event("waiting");
    }

    @Override
    public void help() {
        // The page has buttons.
    }

    @Override
    public void close() {
        stop();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null) {
            running.interrupt();
        }
    }
}
