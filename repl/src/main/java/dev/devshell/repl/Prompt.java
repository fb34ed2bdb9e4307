package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import dev.devshell.repl.completion.CommandCompleter;
import dev.devshell.repl.completion.ContainerPaths;
import dev.devshell.repl.completion.HostPaths;
import dev.devshell.repl.screen.Opening;
import dev.devshell.repl.screen.Screen;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import picocli.CommandLine;

/** A shell on a terminal: what is typed into it, and around that what happens meanwhile. */
final class Prompt {
    private final Devshell root;
    private final Workspace workspace;
    private final Settings settings;
    private final Optional<Leaving> leaving;
    private final Console console;
    private final Lending terminal;
    private volatile Optional<Screen> screen = Optional.empty();

    /**
     * @param leaving what is decided at the end; nothing where that is settled
     */
    Prompt(Devshell root, Workspace workspace, Settings settings, Optional<Leaving> leaving) {
        this.root = root;
        this.workspace = workspace;
        this.settings = settings;
        this.leaving = leaving;
        this.console = root.console();
        this.terminal = new Lending() {
            @Override
            public int lend(IntSupplier child) {
                return screen.isPresent() ? screen.get().lend(child) : child.getAsInt();
            }

            @Override
            public Optional<Terminal> opened() {
                return screen.map(Screen::terminal);
            }
        };
    }

    /**
     * Reads commands until somebody leaves, and lets them decide what becomes of the project.
     *
     * @param booted whether the project is up already; else it is booted behind the prompt
     * @param opening of the terminal that is read from
     */
    void read(DevSession session, boolean booted, Opening opening) {
        ExecutorService listing = Executors.newCachedThreadPool(Prompt::daemon);
        try (LiveServices services = new LiveServices(workspace.config(), this::connect);
                ShellLogs logs = logs(session.project());
                Screen opened =
                        open(opening, new ShellLine(root, workspace, terminal, Optional.of(logs)), services, listing)) {
            screen = Optional.of(opened);
            ShellLine line = new ShellLine(root, workspace, terminal, Optional.of(logs));
            Shutdown shutdown = Shutdown.before(opened::close);
            try {
                read(session, line, services, opened, booted);
            } finally {
                shutdown.settle();
            }
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-TERMINAL", "the terminal cannot be used", String.valueOf(e.getMessage()), "TERM is right?", e);
        } finally {
            screen = Optional.empty();
            listing.shutdownNow();
        }
    }

    @SuppressWarnings("try") // both look by themselves
    private void read(DevSession session, ShellLine line, LiveServices services, Screen opened, boolean booted) {
        Console above = console.withNarration(LineStream.to(opened::print));
        StatusLine status = new StatusLine(session.project(), console.colourOut());
        Optional<BootBoard> board = booted ? Optional.empty() : Optional.of(board(session));
        try (Glance ignored = Glance.start(workspace, services, opened, status, board);
                ShellNotices notices = ShellNotices.start(workspace, above)) {
            if (booted) {
                opened.print(Shell.attached(session));
            }
            opened.print("'help' lists the commands; Ctrl-D leaves");
            Optional<Boot> boot = board.map(seen -> Boot.start(session, seen, above, root.debug()));
            Typing typing = new Typing(line, opened, session.project(), console, boot);
            typing.loop();
            leaving.ifPresent(decision -> decision.decide(typing::ask));
            boot.ifPresent(Boot::cancel);
        }
    }

    private BootBoard board(DevSession session) {
        return new BootBoard(session.project(), workspace.config().services().keySet(), System::nanoTime);
    }

    private ShellLogs logs(String project) {
        Set<String> services = workspace.config().services().keySet();
        return ShellLogs.start(
                project,
                new LogPrefix(services, services, console.colourOut()),
                new LogWish(workspace.stateDirectory()).read().orElseGet(settings::logs),
                this::connect,
                text -> screen.ifPresent(opened -> opened.print(text)));
    }

    private Engine connect() {
        return Engine.connect(root.launch().env());
    }

    private Screen open(Opening opening, ShellLine line, LiveServices services, ExecutorService listing)
            throws IOException {
        CommandLine commands = line.commands();
        ShellValues values = new ShellValues(
                services::latest,
                new ContainerPaths(new ContainerListing(services), listing),
                new HostPaths(workspace.workingDirectory()));
        Screen opened = Screen.open(
                opening,
                ShellLine.parser(),
                new CommandCompleter(commands.getCommandSpec(), values),
                new CommandHighlighter(commands.getSubcommands().keySet()),
                history());
        if (settings.keys() == Settings.Keys.VI) {
            opened.editAsVi();
        }
        return opened;
    }

    /** Nobody else is to read what was typed. */
    private Optional<Path> history() {
        Path file = workspace.stateDirectory().resolve("shell-history");
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            return Optional.of(file);
        } catch (IOException e) {
            console.say("what is typed is forgotten at the end: " + file + " cannot be written");
            return Optional.empty();
        }
        return Optional.of(file);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "devshell-listing");
        thread.setDaemon(true);
        return thread;
    }
}
