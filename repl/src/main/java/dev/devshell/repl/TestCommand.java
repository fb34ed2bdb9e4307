package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.session.ProjectSession;
import dev.devshell.session.SessionPlace;
import dev.devshell.watch.JUnitXml;
import dev.devshell.watch.RunResult;
import dev.devshell.watch.TestLoop;
import dev.devshell.watch.TestScreen;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.select.NameFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JUnit tests of the project here, once or whenever a change has landed. */
@Command(
        name = "test",
        description = "Run the JUnit tests here; with --watch again, those that a change asks for.",
        footer = {
            "",
            "A SELECTOR is the name of a class, full or simple, with * for anything, or Class#method.",
            "While it watches: r all, f failed, b broken only, p pause, o output, q quit, h help."
        })
final class TestCommand extends Rooted {
    @Option(names = "--watch", description = "Go on: run what a change asks for when it has landed.")
    private boolean watch;

    @Option(names = "--no-boot", description = "Do not boot the project: the tests need no containers.")
    private boolean noBoot;

    @Option(names = "--xml", paramLabel = "DIR", description = "Write JUnit XML there, a file for each class.")
    private @Nullable Path xml;

    @Parameters(paramLabel = "SELECTOR", arity = "0..*", description = "Which tests; all without one.")
    private List<String> selectors = new ArrayList<>();

    @Override
    public Integer call() {
        Path directory = root().launch().workingDirectory();
        Path scratch = scratch(directory, root().launch().env());
        BuildTool tool = BuildTool.find(directory, scratch);
        TestScreen screen = root().json() ? new TestJson(console().out()) : new TestText(root(), watch);
        return noBoot ? run(tool, scratch, Optional.empty(), screen) : inSession(tool, scratch, screen);
    }

    /** What is kept of a project's tests is kept by where it is: its build may hold several Compose projects, or none. */
    static Path scratch(Path directory, Map<String, String> env) {
        Path base = BuildTool.find(directory, directory).directory();
        UUID name = UUID.nameUUIDFromBytes(base.toString().getBytes(StandardCharsets.UTF_8));
        return SessionPlace.stateRoot(env).resolve("tests").resolve(base.getFileName() + "-" + name);
    }

    private int inSession(BuildTool tool, Path scratch, TestScreen screen) {
        Optional<DevSession> running = workspace().session();
        if (running.isPresent()) {
            return run(tool, scratch, running, screen);
        }
        DevSession own = workspace().begin();
        Shutdown shutdown = Shutdown.before(() -> leave(own));
        try {
            own.up(UpOptions.all(), narration());
            console().say(own.project() + " is up and in sync");
            return run(tool, scratch, Optional.of(own), screen);
        } finally {
            shutdown.settle();
        }
    }

    /** What this command booted it stops; the containers stay, so that the next time is quick. */
    private void leave(DevSession session) {
        if (session instanceof ProjectSession own && !own.isEnded()) {
            session.close();
            console().say("stopping the containers of " + session.project() + "; 'devshell up -d' keeps them running");
            workspace().compose().stop(List.of(), narration()::tell);
        }
    }

    private int run(BuildTool tool, Path scratch, Optional<DevSession> session, TestScreen screen) {
        List<Path> outputs = xml == null
                ? List.of()
                : List.of(root().launch().workingDirectory().resolve(xml));
        Consumer<RunResult> results = result -> outputs.forEach(directory -> new JUnitXml(directory).write(result));
        TestLoop loop = new TestLoop(
                new TestLoop.Settings(tool, session, scratch, watch, NameFilter.of(selectors), outputs, results),
                screen);
        Interrupts interrupts = root().inShell() ? Interrupts.none() : Interrupts.toThisThread();
        try (Keys keys = watch && root().launch().hasTerminal() ? Keys.of(root().terminal(), loop::key) : Keys.none()) {
            keys.begin();
            return root().terminal().lend(() -> loop.run() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
        } finally {
            interrupts.close();
        }
    }
}
