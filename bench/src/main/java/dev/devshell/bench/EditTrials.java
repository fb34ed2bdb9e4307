package dev.devshell.bench;

import dev.devshell.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Single edits each way among so many files, with what they cost the host's CPU and with the floor beside them. */
record EditTrials(Engine engine, Options options, Report report, Program program, Program.Running running) {
    /**
     * What was measured.
     *
     * @param there to the container
     * @param back from it; empty where nothing comes back
     * @param cpuThere milliseconds of CPU an edit
     */
    record Outcome(Sample there, Sample back, double cpuThere, double cpuBack) {}

    /** A measurement of many edits. */
    private interface Trial {
        Sample run() throws IOException, InterruptedException, TimeoutException;
    }

    /** Measures and reports; {@code count} names the tree. */
    Outcome run(String count, Site site, List<Contents.Planned> files, int trials)
            throws IOException, InterruptedException, TimeoutException {
        Edits edits = new Edits();
        String there = "one edit of 2 KB, " + count + " files, host -> container";
        String back = "one edit of 2 KB, " + count + " files, container -> host";
        if (program instanceof Devshell) {
            report.floor(there, edits.floorToContainer(engine, site, options.edits()));
            report.floor(back, edits.floorToHost(engine, site, options.edits()));
        }
        Used thither = edits(there, () -> edits.across(site.tree(), site.inside(), files, trials));
        Used hither = new Used(Sample.NONE, Double.NaN);
        if (program.goesBack()) {
            hither = edits(back, () -> edits.across(site.inside(), site.tree(), files, trials));
        } else {
            report.note(back, program.title(), "never");
        }
        return new Outcome(thither.sample, hither.sample, thither.cpu, hither.cpu);
    }

    private record Used(Sample sample, double cpu) {}

    private Used edits(String scenario, Trial trial) throws IOException, InterruptedException, TimeoutException {
        Usage.Cpu before = Usage.cpu(running.processes());
        Sample sample = trial.run();
        double used = Usage.cpu(running.processes()).millisSince(before)
                / sample.millis().size();
        report.add(scenario, program.title(), sample);
        report.add(scenario + ", CPU on the host", program.title(), Sample.of(List.of(used)));
        return new Used(sample, used);
    }
}
