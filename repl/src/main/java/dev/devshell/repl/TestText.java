package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.repl.screen.SafeText;
import dev.devshell.watch.RunResult;
import dev.devshell.watch.TestResult;
import dev.devshell.watch.TestScreen;
import dev.devshell.watch.compile.Problem;
import dev.devshell.watch.select.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tests as a person reads them: what failed first, with the line of the test where it did. */
final class TestText implements TestScreen {
    private static final int NAMED = 3;
    private static final int OUTPUT_LINES = 15;
    private static final int MESSAGE_LINES = 30;

    private final Devshell root;
    private final Console console;
    private final boolean watch;

    TestText(Devshell root, boolean watch) {
        this.root = root;
        this.console = root.console();
        this.watch = watch;
    }

    private void print(String line) {
        console.out().println(line);
        console.out().flush();
    }

    private String dim(String text) {
        return console.out(Style.DIM, text);
    }

    @Override
    public void busy(String with) {
        if (!with.isBlank()) {
            console.say(console.err(Style.DIM, with.strip()));
        }
    }

    @Override
    public void runs(Selection selection, List<Path> changed) {
        String because = changed.isEmpty() ? "" : named(changed) + ": ";
        print(dim("-- " + because + selection.tests().size()
                + (selection.tests().size() == 1 ? " class" : " classes") + " (" + selection.why() + ")"));
    }

    private String named(List<Path> files) {
        Path here = root.launch().workingDirectory();
        String names = files.stream()
                .limit(NAMED)
                .map(path -> (path.startsWith(here) ? here.relativize(path) : path).toString())
                .collect(Collectors.joining(", "));
        return names + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "");
    }

    @Override
    public void started(String name) {}

    @Override
    public void finished(TestResult result) {
        if (result.failed()) {
            failure(result);
        }
    }

    private void failure(TestResult result) {
        print(console.out(Style.RED, "FAILED ") + console.out(Style.BOLD, result.name()) + place(result));
        String message = result.problem().message();
        String text = message.isBlank() ? result.problem().type() : message;
        text.lines().limit(MESSAGE_LINES).forEach(line -> print("    " + line));
        List<String> lines = result.output().lines().toList();
        lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size())
                .forEach(line -> print(dim("    | " + SafeText.plain(line))));
        for (Map<String, String> entry : result.entries()) {
            entry.forEach((key, value) -> tail(key, value));
        }
    }

    /** The evidence that the extension gathers: the end of each service's log, most of all. */
    private void tail(String key, String value) {
        List<String> lines = value.lines().toList();
        print(dim("    " + key + ":"));
        lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size())
                .forEach(line -> print(dim("    | " + SafeText.plain(line))));
    }

    /** Returns where in the test it failed: the first line of the stack that is of its class. */
    private String place(TestResult result) {
        return result.problem()
                .stack()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("at ") && line.contains(result.test() + "."))
                .findFirst()
                .map(line -> dim("  " + line.substring(line.lastIndexOf('(') + 1, line.lastIndexOf(')'))))
                .orElse("");
    }

    @Override
    public void printed(String text) {
        text.lines().forEach(line -> print(dim("  | " + SafeText.plain(line))));
    }

    @Override
    public void cancelled(List<Path> changed) {
        print(dim("-- cancelled" + (changed.isEmpty() ? "" : ": " + named(changed))));
    }

    @Override
    public void broken(List<Problem> problems) {
        Path here = root.launch().workingDirectory();
        for (Problem problem : problems) {
            Path file = Path.of(problem.file());
            String place = problem.file().isEmpty()
                    ? ""
                    : (file.startsWith(here) ? here.relativize(file) : file) + ":" + problem.line() + ": ";
            print(console.out(Style.RED, "DOES NOT COMPILE ")
                    + place
                    + problem.message().strip());
        }
        print(dim("-- the last results stay as they were"));
    }

    @Override
    public void done(RunResult result) {
        long failed = result.count(TestResult.Status.FAILED);
        long passed = result.count(TestResult.Status.PASSED);
        long skipped = result.count(TestResult.Status.SKIPPED);
        String counts = (failed > 0 ? failed + " failed, " : "") + passed + " passed"
                + (skipped > 0 ? ", " + skipped + " skipped" : "");
        if (!result.trouble().isEmpty()) {
            print(console.out(Style.RED, "NOT ALL COULD BE RUN ")
                    + result.trouble().strip());
        }
        boolean ok = result.ok();
        print(console.out(ok ? Style.GREEN : Style.RED, ok ? "ok      " : "FAILED  ")
                + counts
                + dim("   " + stages(result)));
        if (result.changedMeanwhile()) {
            print(dim("-- something changed while they ran"));
        }
    }

    private static String stages(RunResult result) {
        return result.stages().entrySet().stream()
                .map(stage -> stage.getKey() + " " + time(stage.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String time(long millis) {
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    @Override
    public void nothing(List<Path> changed) {
        print(dim("-- " + named(changed) + ": concerns no test"));
    }

    @Override
    public void failed(DevshellException failure) {
        console.out().flush();
        root.failures().tell(failure);
    }

    @Override
    public void say(String line) {
        print(dim("-- " + line));
    }

    @Override
    public void waiting(boolean paused, boolean brokenOnly, boolean output) {
        if (watch && root.launch().hasTerminal()) {
            print(dim("-- " + (paused ? "paused" : "waits for a change")
                    + (brokenOnly ? ", broken only" : "")
                    + (output ? ", with output" : "")
                    + "; h help, q quit"));
        }
    }

    @Override
    public void help() {
        print("   r  run all tests");
        print("   f  run those that failed");
        print("   b  run only what is broken, whatever changes; again for all that a change asks for");
        print("   p  pause; again to go on with what changed meanwhile");
        print("   o  show what tests print; again to show it of those that fail");
        print("   q  quit");
    }
}
