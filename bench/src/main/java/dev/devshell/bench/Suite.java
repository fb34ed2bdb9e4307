package dev.devshell.bench;

import dev.devshell.bench.Options.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Runs one program through the scenarios; one that it does not get through is noted and the next goes on. */
final class Suite {
    private static final int SMALL = 1_000;
    private static final int LARGE = 50_000;

    private final Lab lab;
    private final Options options;
    private final Report report;

    Suite(Lab lab, Options options, Report report) {
        this.lab = lab;
        this.options = options;
        this.report = report;
    }

    /** Something that takes times or fails. */
    private interface Stage {
        void run() throws IOException, InterruptedException, TimeoutException;
    }

    void run(Program program) throws InterruptedException {
        boolean ours = program instanceof Devshell;
        if (options.runs(Scenario.EDITS) || options.runs(Scenario.LARGE_FILE) || options.runs(Scenario.MANY_FILES)) {
            attempt("among 1,000 files", program, () -> small(program, ours));
        }
        if (options.runs(Scenario.LARGE_TREE) && !options.quick() && (ours || options.rivalsLarge())) {
            attempt("among 50,000 files", program, () -> large(program));
        }
        boolean asked = !options.quick() || options.only().size() == 1;
        if (options.runs(Scenario.MILLION) && asked && program instanceof Devshell devshell) {
            Million million = new Million(lab, options, report, devshell);
            attempt(million.title(), program, million::run);
        }
        if (options.runs(Scenario.HUGE_FILE) && !options.quick() && ours) {
            attempt(HugeFile.SCENARIO, program, () -> huge(program));
        }
        if (options.runs(Scenario.FAR) && !options.quick() && ours) {
            attempt(Far.SCENARIO, program, () -> new Far(lab, report).run());
        }
        if (options.only().equals(Set.of(Scenario.VERDICT)) && ours) {
            attempt(Verdict.SCENARIO, program, () -> new Verdict(lab, options, report).run());
        }
        if (options.runs(Scenario.TYPING) && !options.quick() && ours) {
            attempt(TypingTrial.SCENARIO, program, this::typing);
        }
        if (options.runs(Scenario.FIRST_SYNC) && program.syncsFirst()) {
            attempt(FirstSync.SCENARIO, program, () -> first(program, ours));
        }
    }

    private void attempt(String scenario, Program program, Stage stage) throws InterruptedException {
        System.err.println(program.title() + ": " + scenario + " ...");
        try {
            stage.run();
        } catch (IOException | TimeoutException | RuntimeException e) {
            report.note(scenario, program.title(), "failed: " + e.getMessage());
        }
    }

    private int edits(boolean ours) {
        return ours ? options.edits() : options.rivalEdits();
    }

    private void small(Program program, boolean ours) throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site(program.title())) {
            List<Contents.Planned> files = site.grow(SMALL, Edits.SIZE);
            try (Program.Running running = program.prepare(site)) {
                running.begin();
                site.awaitLive();
                if (options.runs(Scenario.EDITS)) {
                    edits("1,000", site, files, program, running);
                }
                if (options.quick()) {
                    attempt("idle", program, () -> idle("1,000", site, program, running));
                }
                if (options.runs(Scenario.LARGE_FILE)) {
                    attempt(LargeFile.NEW, program, () -> LargeFile.run(site, program.title(), ours, report));
                }
                if (options.runs(Scenario.MANY_FILES)) {
                    ManyFiles many = new ManyFiles(site, program, ours, report);
                    attempt(ManyFiles.THERE, program, () -> many.run(ours ? options.rounds() : 2));
                }
            }
        }
    }

    private void large(Program program) throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site(program.title())) {
            List<Contents.Planned> files = site.grow(LARGE, Edits.SIZE);
            try (Program.Running running = program.prepare(site)) {
                running.begin();
                site.awaitLive();
                edits("50,000", site, files, program, running);
                attempt("idle", program, () -> idle("50,000", site, program, running));
            }
        }
    }

    private void huge(Program program) throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site(program.title());
                Program.Running running = program.prepare(site)) {
            running.begin();
            site.awaitLive();
            new HugeFile(site, program, running, report).run();
        }
    }

    private void edits(String count, Site site, List<Contents.Planned> files, Program program, Program.Running running)
            throws IOException, InterruptedException, TimeoutException {
        int trials = edits(program instanceof Devshell);
        var unused = new EditTrials(lab.engine(), options, report, program, running).run(count, site, files, trials);
    }

    private void idle(String count, Site site, Program program, Program.Running running)
            throws IOException, InterruptedException {
        report.note("idle, " + count + " files", program.title(), Idle.measure(site, running, options.idleSeconds()));
    }

    private void typing() throws IOException, InterruptedException, TimeoutException {
        try (Site site = lab.site("typing")) {
            new TypingTrial(report).run(site);
        }
    }

    private void first(Program program, boolean ours) throws IOException, InterruptedException, TimeoutException {
        List<Double> pipes = new ArrayList<>();
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < (ours ? options.firstSyncs() : 1); round++) {
            List<Double> pair = FirstSync.round(lab, program);
            pipes.add(pair.get(0));
            times.add(pair.get(1));
        }
        if (ours) {
            report.floor(FirstSync.SCENARIO, Sample.of(pipes));
        }
        report.add(FirstSync.SCENARIO, program.title(), Sample.of(times));
    }
}
