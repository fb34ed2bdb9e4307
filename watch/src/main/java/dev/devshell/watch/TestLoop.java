package dev.devshell.watch;

import dev.devshell.Change;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.watch.Inbox.Mail;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.compile.ProjectCompiler;
import dev.devshell.watch.select.NameFilter;
import dev.devshell.watch.select.Past;
import dev.devshell.watch.select.Selection;
import dev.devshell.watch.select.TestClasses;
import dev.devshell.watch.worker.Order;
import dev.devshell.watch.worker.Told;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs a project's tests, and again those that a change asks for: from the save over its arrival in the containers and the
 * compiler to the verdict.
 *
 * <p>Everything is done by the thread that calls {@link #run}; others put what happens into its inbox.
 */
public final class TestLoop {
    /** An editor that saves several files does so within this. */
    private static final int GATHER_MILLIS = 15;

    private final Settings settings;
    private final Inbox inbox = new Inbox();
    private final PastFile pastFile;
    private final Optional<Landing> landing;
    private final TestScreen screen;

    private TestProject project;
    private Past past;
    private Pending pending = new Pending();
    private Pending carried = new Pending();
    private final Set<String> changedClasses = new LinkedHashSet<>();
    private List<String> failedIds = List.of();
    private final Map<Integer, Change> asked = new HashMap<>();
    private final WrittenByTests writtenByTests;
    private int questions;
    private int runs;
    private boolean over;
    private boolean paused;
    private boolean brokenOnly;
    private boolean output;
    private boolean ok = true;
    /** What a container wrote until then is what was run. */
    private long seenMillis;

    /**
     * What to do.
     *
     * @param session of the project that the tests need; they may need none
     * @param scratch a directory of ours, for this project
     * @param watch whether to go on after the first run
     * @param outputs directories that are written for each run: what changes there is no reason for another
     * @param results takes each run that was not cancelled, as for a file for CI
     */
    public record Settings(
            BuildTool tool,
            Optional<DevSession> session,
            Path scratch,
            boolean watch,
            NameFilter filter,
            List<Path> outputs,
            java.util.function.Consumer<RunResult> results) {}

    /** Opens the project, which compiles it where that was not done. */
    public TestLoop(Settings settings, TestScreen screen) {
        this.settings = settings;
        this.screen = screen;
        this.writtenByTests = new WrittenByTests(screen);
        this.landing = settings.session().map(Landing::new);
        this.pastFile = new PastFile(settings.scratch().resolve("past.tsv"));
        this.past = pastFile.read();
        this.project = openProject();
    }

    private TestProject openProject() {
        return TestProject.open(settings.tool(), settings.scratch(), screen, new WorkerJvm.Listener() {
            @Override
            public void told(WorkerJvm worker, Told told) {
                inbox.put(new Mail.Said(worker, told));
            }

            @Override
            public void died(WorkerJvm worker, String why) {
                inbox.put(new Mail.Died(worker, why));
            }
        });
    }

    /** Takes a key that a person pressed; from any thread. */
    public void key(char key) {
        inbox.put(new Mail.Key(key));
    }

    /**
     * Goes on until a person or the session ends it, or until the first run is over.
     *
     * @return whether all is well with what was run last
     * @throws DevshellException.Interrupted when this thread is interrupted
     */
    public boolean run() {
        SourceWatch sources = SourceWatch.of(project.model(), settings.scratch(), inbox);
        settings.session().ifPresent(inbox::follow);
        pending.ask(Pending.Asked.ALL);
        if (settings.watch()) {
            project.rehearse();
        }
        try {
            while (!over) {
                if (pending.isEmpty() || paused) {
                    screen.waiting(paused, brokenOnly, output);
                    awaitWork();
                } else {
                    gather();
                    Pending now = pending;
                    pending = new Pending();
                    if (now.build()) {
                        sources.close();
                        reopen();
                        sources = SourceWatch.of(project.model(), settings.scratch(), inbox);
                    }
                    cycle(now);
                    over |= !settings.watch() && pending.isEmpty();
                }
            }
            return ok;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        } finally {
            sources.close();
            project.close();
        }
    }

    private void reopen() {
        try {
            TestProject next = openProject();
            project.close();
            project = next;
        } catch (DevshellException.Failed e) {
            ok = false;
            screen.failed(e);
        }
    }

    private void awaitWork() throws InterruptedException {
        boolean work = false;
        while (!work && !over) {
            boolean was = paused;
            take(inbox.take(), true);
            work = (!pending.isEmpty() && !paused) || was != paused;
        }
    }

    private void gather() throws InterruptedException {
        Optional<Mail> more = inbox.poll(GATHER_MILLIS);
        while (more.isPresent()) {
            take(more.get(), true);
            more = inbox.poll(GATHER_MILLIS);
        }
    }

    /** Takes what is not about a run that is going on. */
    private void take(Mail mail, boolean idle) {
        if (mail instanceof Mail.Ended) {
            screen.say("the session ended");
            over = true;
        } else if (mail instanceof Mail.Edited edited) {
            for (Path file : edited.files()) {
                if (project.isBuildFile(file)) {
                    pending.build(file, edited.millis());
                } else if (project.isSource(file)) {
                    pending.source(file, edited.millis());
                }
            }
        } else if (mail instanceof Mail.Changed told) {
            changed(told.change(), idle);
        } else if (mail instanceof Mail.Said said && said.told() instanceof Told.Own own) {
            answered(own);
        } else if (mail instanceof Mail.Key key) {
            key(key);
        } else if (mail instanceof Mail.Died died && died.worker() == project.worker()) {
            screen.say("the JVM of the tests is gone, and is started anew: " + died.why());
            project.replaceWorker();
        }
    }

    private void changed(Change change, boolean idle) {
        List<Path> files = change.paths().stream()
                .filter(file -> !project.isSource(file) && !project.isBuildFile(file) && !project.isOutput(file))
                .filter(file -> settings.outputs().stream().noneMatch(file::startsWith))
                .toList();
        boolean during = !idle || change.millis() <= seenMillis;
        if (files.isEmpty() || change.services().isEmpty() || (change.byContainer() && during)) {
            return;
        }
        if (!during) {
            pending.synced(files, change.services(), change.millis());
            return;
        }
        // A person, or a test that edits? The tests know.
        questions++;
        asked.put(questions, new Change(files, change.services(), false, change.millis()));
        project.worker()
                .order(new Order.Whose(
                        questions, files.stream().map(Path::toString).toList()));
    }

    private void answered(Told.Own own) {
        Change change = asked.remove(own.number());
        if (change == null) {
            return;
        }
        List<Path> files = change.paths().stream()
                .filter(file -> !own.files().contains(file.toString()) && !writtenByTests.test(file, runs))
                .toList();
        if (!files.isEmpty()) {
            pending.synced(files, change.services(), change.millis());
        }
    }

    private void key(Mail.Key pressed) {
        switch (Character.toLowerCase(pressed.key())) {
            case 'r' -> pending.ask(Pending.Asked.ALL);
            case 'f' -> pending.ask(Pending.Asked.FAILED);
            case 'b' -> {
                brokenOnly = !brokenOnly;
                screen.waiting(paused, brokenOnly, output);
            }
            case 'p' -> paused = !paused;
            case 'o' -> {
                output = !output;
                screen.waiting(paused, brokenOnly, output);
            }
            case 'q', 3, 4 -> over = true;
            case 'h', '?' -> screen.help();
            default -> {
                // A key that means nothing.
            }
        }
    }

    private void cycle(Pending now) throws InterruptedException {
        Stages stages = new Stages(now.savedMillis());
        try {
            CompletableFuture<Void> landed = land(now, stages);
            long began = System.nanoTime();
            ProjectCompiler.Outcome compiled = project.compile(now.sources());
            stages.took("compiled", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            join(landed);
            if (!compiled.problems().isEmpty()) {
                carried.addAll(now);
                ok = false;
                screen.broken(compiled.problems());
                return;
            }
            now.addAll(carried);
            carried = new Pending();
            changedClasses.addAll(compiled.changed());
            long selecting = System.nanoTime();
            Selection selection = select(now);
            stages.took("selected", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - selecting));
            changedClasses.clear();
            if (selection.isEmpty()) {
                screen.nothing(now.files());
            } else {
                execute(selection, now, stages);
            }
        } catch (DevshellException.Interrupted e) {
            throw e;
        } catch (DevshellException e) {
            ok = false;
            carried.addAll(now);
            screen.failed(e);
        }
    }

    /** Waits for the containers beside the compiler. */
    private CompletableFuture<Void> land(Pending now, Stages stages) {
        boolean concerned = !now.services().isEmpty() || now.asked() != Pending.Asked.NOTHING;
        if (landing.isEmpty() || !concerned) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(() -> landing.get().await(now.services(), stages));
    }

    private static void join(CompletableFuture<Void> landed) {
        try {
            landed.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DevshellException known) {
                throw known;
            }
            throw e;
        }
    }

    private Selection select(Pending now) {
        TestClasses classes = project.classes();
        Selection selection;
        if (now.asked() == Pending.Asked.ALL || now.build()) {
            selection = Selection.all(classes, past);
        } else if (now.asked() == Pending.Asked.FAILED || brokenOnly) {
            selection = Selection.failed(classes, past);
        } else {
            selection = Selection.after(classes, past, changedClasses, now.services());
        }
        return selection.only(settings.filter()::matchesClass);
    }

    private void execute(Selection selection, Pending now, Stages stages) throws InterruptedException {
        runs++;
        boolean single = now.asked() == Pending.Asked.FAILED && !failedIds.isEmpty();
        List<String> ids = failedIds.stream().map(id -> "id:" + id).toList();
        screen.runs(selection, now.files());
        TestRunning running = new TestRunning(runs, project, screen, () -> output);
        running.begin(single ? project.order(runs, ids) : project.order(runs, selection, settings.filter()));
        long began = System.nanoTime();
        while (!running.isOver()) {
            Optional<Mail> mail = inbox.poll(TestRunning.LOOK_MILLIS);
            if (mail.isPresent() && !running.take(mail.get())) {
                take(mail.get(), false);
            }
            running.look(over || !pending.isEmpty(), pending.files());
        }
        running.firstTestNanos()
                .ifPresent(first -> stages.took("worker", TimeUnit.NANOSECONDS.toMillis(first - began)));
        stages.took("run", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        stages.reached("verdict");
        ended(selection, running, stages, now, single);
    }

    private void ended(Selection selection, TestRunning running, Stages stages, Pending now, boolean single) {
        Set<String> chosen = new LinkedHashSet<>();
        selection.tests().forEach(one -> chosen.add(one.test()));
        RunBook book = running.book();
        boolean complete = !running.isCancelled() && running.trouble().isEmpty();
        boolean partial = single || chosen.stream().anyMatch(settings.filter()::narrows);
        if (!partial || book.results().stream().anyMatch(TestResult::failed)) {
            past = book.after(past, chosen, complete);
        } else if (complete && single) {
            past = book.after(past, chosen, true);
        }
        pastFile.write(past);
        if (running.isCancelled()) {
            carried.addAll(now);
            return;
        }
        RunResult result = new RunResult(
                selection,
                book.results(),
                stages.savedMillis(),
                stages.millis(),
                running.changedMeanwhile(),
                running.trouble());
        failedIds = result.failures().stream().map(TestResult::uniqueId).toList();
        ok = result.ok();
        screen.done(result);
        settings.results().accept(result);
        seeOwnWrites();
    }

    /** What the run made containers write arrives before this returns, and starts no other. */
    private void seeOwnWrites() {
        try {
            settings.session().ifPresent(session -> session.sync().flush(java.time.Duration.ofSeconds(10)));
        } catch (DevshellException.Failed e) {
            screen.failed(e);
        }
        seenMillis = System.currentTimeMillis();
    }
}
