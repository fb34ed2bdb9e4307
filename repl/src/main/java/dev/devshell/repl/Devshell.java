package dev.devshell.repl;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's root: the options that every command shares, and without a command the shell. */
@Command(
        name = "devshell",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Boots a Compose project with its code in two-way sync. Without a command, opens a shell on it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = ScopeType.LOCAL,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StopCommand.class,
            RestartCommand.class,
            RebuildCommand.class,
            PsCommand.class,
            LogsCommand.class,
            PortCommand.class,
            OpenCommand.class,
            ExecCommand.class,
            RunCommand.class,
            ShellCommand.class,
            TestCommand.class,
            WatchCommand.class,
            SyncCommand.class,
            UiCommand.class,
            DoctorCommand.class,
            DemoCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            SessionCommand.class,
            ClassesCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  devshell                 boot the project here, open the shell",
            "  devshell up -d           boot it, keep the code in sync in the background",
            "  devshell exec web ls     work in a container; what it writes is on the host",
            "  devshell watch web -- ls run a command again when a change has landed",
            "  devshell sync plan       what maps where, before anything is touched",
            "  devshell down            remove it"
        })
final class Devshell implements Callable<Integer> {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Compose file; can be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "Project name.")
    private @Nullable String project;

    @Option(names = "--project-directory", paramLabel = "DIR", description = "Where relative paths start from.")
    private @Nullable Path directory;

    @Option(names = "--profile", paramLabel = "P", description = "Profile to enable; can be repeated.")
    private List<String> profiles = new ArrayList<>();

    @Option(names = "--env-file", paramLabel = "F", description = "Environment file; can be repeated.")
    private List<String> envFiles = new ArrayList<>();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Data as one JSON object a line.")
    private boolean json;

    @Option(
            names = "--color",
            scope = ScopeType.INHERIT,
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never.")
    private ColorMode color = ColorMode.AUTO;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Log everything; show stack traces.")
    private boolean debug;

    @Option(names = "--yes", scope = ScopeType.INHERIT, description = "Do not ask before something is destroyed.")
    private boolean yes;

    private final Launch launch;
    private final boolean inShell;
    private final Lending terminal;
    private final Optional<ShellLogs> shellLogs;
    private @Nullable Workspace workspace;

    Devshell(Launch launch) {
        this(launch, null, Lending.PLAIN, Optional.empty());
    }

    /**
     * @param workspace of a shell that these commands are typed into, else the project that the options name
     * @param terminal as that shell gives it away
     * @param shellLogs what that shell shows above its prompt
     */
    Devshell(Launch launch, @Nullable Workspace workspace, Lending terminal, Optional<ShellLogs> shellLogs) {
        this.launch = launch;
        this.workspace = workspace;
        this.terminal = terminal;
        this.shellLogs = shellLogs;
        this.inShell = workspace != null;
    }

    /** Whether these commands are typed into a shell, which goes on after them. */
    boolean inShell() {
        return inShell;
    }

    Launch launch() {
        return launch;
    }

    Lending terminal() {
        return terminal;
    }

    /** Returns the logs above the prompt of the shell that these commands are typed into. */
    Optional<ShellLogs> shellLogs() {
        return shellLogs;
    }

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    boolean yes() {
        return yes;
    }

    Console console() {
        return launch.console(color);
    }

    Failures failures() {
        return new Failures(console(), json, debug);
    }

    Output output() {
        return output(console());
    }

    Output output(Console console) {
        return json
                ? new JsonOutput(console.out())
                : new TextOutput(console, launch.workingDirectory(), launch.links());
    }

    ProjectChoice choice() {
        return new ProjectChoice(files, project, directory, profiles, envFiles);
    }

    Workspace workspace() {
        if (workspace == null) {
            workspace = launch.open(choice(), console());
        }
        return workspace;
    }

    @Override
    public Integer call() {
        return Shell.open(this);
    }
}
