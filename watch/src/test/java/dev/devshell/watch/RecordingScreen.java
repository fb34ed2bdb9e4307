package dev.devshell.watch;

import dev.devshell.DevshellException;
import dev.devshell.watch.compile.Problem;
import dev.devshell.watch.select.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what a loop tells, a line each, and keeps the results. */
final class RecordingScreen implements TestScreen {
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    final List<RunResult> results = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void busy(String with) {}

    @Override
    public void runs(Selection selection, List<Path> changed) {
        told.add("runs " + selection.why());
    }

    @Override
    public void started(String name) {
        told.add("started " + name);
    }

    @Override
    public void finished(TestResult result) {
        told.add(result.status() + " " + result.name());
    }

    @Override
    public void printed(String text) {
        told.add("printed " + text.strip());
    }

    @Override
    public void cancelled(List<Path> changed) {
        told.add("cancelled");
    }

    @Override
    public void broken(List<Problem> problems) {
        told.add("broken " + problems.get(0).message());
    }

    @Override
    public void done(RunResult result) {
        results.add(result);
        told.add("done " + result.ok());
    }

    @Override
    public void nothing(List<Path> changed) {
        told.add("nothing");
    }

    @Override
    public void failed(DevshellException failure) {
        told.add("failed " + failure.code() + " " + failure.why());
    }

    @Override
    public void say(String line) {
        told.add("said " + line);
    }

    @Override
    public void waiting(boolean paused, boolean brokenOnly, boolean output) {
        told.add("waiting" + (paused ? " paused" : "") + (brokenOnly ? " broken" : "") + (output ? " output" : ""));
    }

    @Override
    public void help() {
        told.add("help");
    }
}
