package dev.devshell.repl;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Launch launch = Launch.ofThisProcess();
        int code = run(launch, args);
        launch.console(ColorMode.AUTO).out().flush();
        System.exit(code);
    }

    static int run(Launch launch, String... args) {
        Devshell root = new Devshell(launch);
        try {
            return commandLine(root).execute(args);
        } finally {
            launch.close();
        }
    }

    /** Returns the one definition of all commands, for the command line and the shell. */
    static CommandLine commandLine(Devshell root) {
        CommandLine line = new CommandLine(root)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> root.failures().tell(failure))
                .setParameterExceptionHandler((failure, arguments) -> misused(root, failure))
                .setExecutionStrategy(parsed -> {
                    Logging.set(root.debug());
                    return new CommandLine.RunLast().execute(parsed);
                });
        line.getSubcommands().values().forEach(Main::addHelp);
        // What follows the service belongs to its command.
        for (String name : List.of("exec", "run", "watch")) {
            Objects.requireNonNull(line.getSubcommands().get(name)).setStopAtPositional(true);
        }
        Console console = root.console();
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colourOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return line;
    }

    /** Every command explains itself, and only the root its version. */
    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().forEach(Main::addHelp);
    }

    /** There, no line begins with the program's name, and {@code help} lists the commands. */
    private static String inShell(String help) {
        String line = help.substring(help.indexOf(' ') + 1);
        return line.equals("--help") ? "help" : line;
    }

    private static int misused(Devshell root, ParameterException failure) {
        Console console = root.console();
        console.err().println(console.err(Style.RED, "devshell: ") + Misspelt.what(failure));
        if (!UnmatchedArgumentException.printSuggestions(failure, console.err())) {
            Misspelt.suggestion(failure).ifPresent(name -> console.err().println("  did you mean '" + name + "'?"));
        }
        String help = failure.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
        console.err().println("  next: " + (root.inShell() ? inShell(help) : help));
        console.err().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
