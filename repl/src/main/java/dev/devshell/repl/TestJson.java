package dev.devshell.repl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.DevshellException;
import dev.devshell.watch.RunResult;
import dev.devshell.watch.TestResult;
import dev.devshell.watch.TestScreen;
import dev.devshell.watch.compile.Problem;
import dev.devshell.watch.select.Selection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Tests for programs: one object a line, each with the schema's version and what it is. */
final class TestJson implements TestScreen {
    private final PrintStream out;

    TestJson(PrintStream out) {
        this.out = out;
    }

    private static ObjectNode event(String name) {
        return JsonOutput.object().put("event", name);
    }

    private void print(ObjectNode event) {
        out.println(event);
        out.flush();
    }

    private static ObjectNode files(ObjectNode event, List<Path> files) {
        ArrayNode array = event.putArray("changed");
        files.forEach(file -> array.add(file.toString()));
        return event;
    }

    @Override
    public void busy(String with) {
        if (!with.isBlank()) {
            print(event("busy").put("with", with.strip()));
        }
    }

    @Override
    public void runs(Selection selection, List<Path> changed) {
        ObjectNode event = files(event("run"), changed).put("why", selection.why());
        ArrayNode tests = event.putArray("tests");
        selection
                .tests()
                .forEach(one -> tests.addObject()
                        .put("class", one.test())
                        .put("reason", one.reason().name().toLowerCase(Locale.ROOT))
                        .put("detail", one.detail()));
        print(event);
    }

    @Override
    public void started(String name) {
        print(event("started").put("name", name));
    }

    @Override
    public void finished(TestResult result) {
        ObjectNode event = event("finished")
                .put("id", result.uniqueId())
                .put("class", result.test())
                .put("method", result.method())
                .put("name", result.name())
                .put("status", result.status().name().toLowerCase(Locale.ROOT))
                .put("millis", result.millis());
        if (!result.problem().message().isEmpty() || !result.problem().isNone()) {
            event.put("type", result.problem().type())
                    .put("message", result.problem().message())
                    .put("stack", result.problem().stack());
        }
        if (!result.output().isEmpty()) {
            event.put("output", result.output());
        }
        if (!result.entries().isEmpty()) {
            ArrayNode entries = event.putArray("entries");
            result.entries().forEach(entry -> entry.forEach(entries.addObject()::put));
        }
        print(event);
    }

    @Override
    public void printed(String text) {
        print(event("printed").put("text", text));
    }

    @Override
    public void cancelled(List<Path> changed) {
        print(files(event("cancelled"), changed));
    }

    @Override
    public void broken(List<Problem> problems) {
        ObjectNode event = event("broken");
        ArrayNode array = event.putArray("problems");
        problems.forEach(problem -> array.addObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("column", problem.column())
                .put("message", problem.message()));
        print(event);
    }

    @Override
    public void done(RunResult result) {
        ObjectNode event = event("done")
                .put("ok", result.ok())
                .put("passed", result.count(TestResult.Status.PASSED))
                .put("failed", result.count(TestResult.Status.FAILED))
                .put("skipped", result.count(TestResult.Status.SKIPPED))
                .put("changedMeanwhile", result.changedMeanwhile())
                .put("trouble", result.trouble())
                .put("saved", result.savedMillis());
        ObjectNode stages = event.putObject("millis");
        result.stages().forEach(stages::put);
        print(event);
    }

    @Override
    public void nothing(List<Path> changed) {
        print(files(event("nothing"), changed));
    }

    @Override
    public void failed(DevshellException failure) {
        print(event("error")
                .put("code", failure.code())
                .put("what", failure.what())
                .put("why", failure.why())
                .put("next", failure.next()));
    }

    @Override
    public void say(String line) {
        print(event("said").put("text", line));
    }

    @Override
    public void waiting(boolean paused, boolean brokenOnly, boolean output) {
        print(event("waiting")
                .put("paused", paused)
                .put("brokenOnly", brokenOnly)
                .put("output", output));
    }

    @Override
    public void help() {}
}
