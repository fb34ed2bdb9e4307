package dev.devshell.bench;

import dev.devshell.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** One edit at a time with an engine behind a line of 25 ms each way, and behind the same line without that. */
final class Far {
    static final String SCENARIO = "an engine behind a line of 25 ms each way";

    private static final Duration ONE_WAY = Duration.ofMillis(25);
    private static final int FILES = 1_000;
    private static final int EDITS = 30;
    /**
     * More than goes along with the word of a change, less than what only parts of are sent; with its header it fills whole records of
     * the floor's tar.
     */
    private static final int MEDIUM = 120 * 2_560 - 512;

    private final Lab lab;
    private final Report report;

    Far(Lab lab, Report report) {
        this.lab = lab;
        this.report = report;
    }

    void run() throws IOException, InterruptedException, TimeoutException {
        behind(Duration.ZERO);
        behind(ONE_WAY);
    }

    private void behind(Duration oneWay) throws IOException, InterruptedException, TimeoutException {
        try (Line line = Line.open(oneWay);
                Engine engine = Engine.connect(line.environment());
                Site site = lab.site("far")) {
            List<Contents.Planned> files = site.grow(FILES, Edits.SIZE);
            Devshell program = new Devshell(line.environment());
            try (Program.Running running = program.prepare(site)) {
                running.begin();
                site.awaitLive();
                edits("2 KB", new Edits(), engine, site, files, oneWay);
                edits("300 KB", new Edits(MEDIUM), engine, site, files.subList(0, 5), oneWay);
            }
        }
    }

    private void edits(
            String size, Edits edits, Engine engine, Site site, List<Contents.Planned> files, Duration oneWay)
            throws IOException, InterruptedException, TimeoutException {
        String name = "one edit of " + size + ", " + oneWay.toMillis() + " ms each way, ";
        report.floor(name + "host -> container", edits.floorToContainer(engine, site, EDITS));
        tell(name + "host -> container", edits.across(site.tree(), site.inside(), files, EDITS), oneWay);
        report.floor(name + "container -> host", edits.floorToHost(engine, site, EDITS));
        tell(name + "container -> host", edits.across(site.inside(), site.tree(), files, EDITS), oneWay);
    }

    private void tell(String scenario, Sample sample, Duration oneWay) {
        String title = new Devshell().title();
        report.add(scenario, title, sample);
        if (!oneWay.isZero()) {
            double more = (sample.median() - oneWay.toMillis()) / (2.0 * oneWay.toMillis());
            report.note(
                    scenario,
                    title,
                    String.format(Locale.ROOT, "%.2f round trips more than the line's own way there", more));
        }
    }
}
