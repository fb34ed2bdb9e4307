package dev.devshell.bench;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures devshell, and its peers if wanted, in one run. Slow figures are no failure; not being able to measure is. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
            return USAGE;
        }
        try (Lab lab = Lab.open(options.rivals().contains(Options.Rival.UNISON))) {
            Report report = new Report(Machine.describe(lab.engine()));
            Suite suite = new Suite(lab, options, report);
            for (Program program : programs(options)) {
                suite.run(program);
            }
            System.out.println(options.json() ? report.json() : report.table());
            return 0;
        } catch (IOException | DevshellException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private static List<Program> programs(Options options) {
        List<Program> programs = new ArrayList<>();
        programs.add(new Devshell());
        for (Options.Rival rival : options.rivals()) {
            switch (rival) {
                case COMPOSE_WATCH -> programs.add(new ComposeWatch());
                case UNISON -> programs.add(new Unison());
                case SYNCTHING -> programs.add(new Syncthing());
                case MUTAGEN -> {
                    if (Mutagen.isHere()) {
                        programs.add(new Mutagen());
                    } else {
                        System.err.println("mutagen is not on the PATH, and left out");
                    }
                }
            }
        }
        return programs;
    }

    /** Says what it was measured on, and what else it was busy with. */
    private static final class Machine {
        private Machine() {}

        static String describe(dev.devshell.engine.Engine engine) throws IOException, InterruptedException {
            String cpu =
                    Command.run(Path.of("/"), "sh", "-c", "sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1");
            String memory = Command.run(
                    Path.of("/"), "sh", "-c", "awk '/MemTotal/ {printf \"%.0f\", $2 / 1048576}' /proc/meminfo");
            String load = Command.run(Path.of("/"), "cut", "-d", " ", "-f1-3", "/proc/loadavg");
            return Runtime.getRuntime().availableProcessors() + " x " + cpu + ", " + memory + " GB; Linux "
                    + System.getProperty("os.version") + "; Java "
                    + Runtime.version().feature() + "; engine "
                    + engine.info().version() + "; compose "
                    + Command.run(Path.of("/"), "docker", "compose", "version", "--short")
                    + "; load when it began " + load + "; " + java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        }
    }
}
