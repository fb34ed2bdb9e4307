package dev.devshell.repl;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of devshell was given from outside: environment, directory, streams.
 *
 * <p>Closes the workspaces that it opened.
 */
final class Launch implements AutoCloseable {
    private final Map<String, String> env;
    private final Path workingDirectory;
    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean inIsTerminal;
    private final List<Workspace> opened = new ArrayList<>();
    private final WorkspaceOpener opener;

    Launch(
            Map<String, String> env,
            Path workingDirectory,
            PrintStream out,
            PrintStream err,
            BufferedReader in,
            boolean terminal,
            WorkspaceOpener opener) {
        this(env, workingDirectory, out, err, in, terminal, terminal, terminal, opener);
    }

    private Launch(
            Map<String, String> env,
            Path workingDirectory,
            PrintStream out,
            PrintStream err,
            BufferedReader in,
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean inIsTerminal,
            WorkspaceOpener opener) {
        this.env = Map.copyOf(env);
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
        this.out = out;
        this.err = err;
        this.in = in;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.inIsTerminal = inIsTerminal;
        this.opener = opener;
    }

    static Launch ofThisProcess() {
        return new Launch(
                System.getenv(),
                Path.of(""),
                stream(FileDescriptor.out, false),
                stream(FileDescriptor.err, true),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Tty.isTerminal(Tty.OUT),
                Tty.isTerminal(Tty.ERR),
                Tty.isTerminal(Tty.IN),
                ProjectWorkspace::new);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean autoFlush) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
                autoFlush,
                StandardCharsets.UTF_8);
    }

    Map<String, String> env() {
        return env;
    }

    Path workingDirectory() {
        return workingDirectory;
    }

    /** Whether a child that has this process's streams has a terminal. */
    boolean hasTerminal() {
        return inIsTerminal && outIsTerminal;
    }

    /** Returns the command that long output goes to; nothing without a terminal, or where none is wished for. */
    Optional<String> pager() {
        String pager = env.getOrDefault("PAGER", "").strip();
        return hasTerminal() && !pager.isEmpty() && !pager.equals("cat") && !"dumb".equals(env.get("TERM"))
                ? Optional.of(pager)
                : Optional.empty();
    }

    /** Returns how links are written to standard output. */
    Links links() {
        return Links.of(outIsTerminal, env);
    }

    Console console(ColorMode color) {
        boolean person =
                inIsTerminal && errIsTerminal && env.getOrDefault("CI", "").isEmpty();
        return new Console(
                out, err, in, person, color.coloured(outIsTerminal, env), color.coloured(errIsTerminal, env));
    }

    Workspace open(ProjectChoice choice, Console console) {
        Workspace workspace = opener.open(this, choice, console);
        opened.add(workspace);
        return workspace;
    }

    @Override
    public void close() {
        opened.forEach(Workspace::close);
        opened.clear();
        out.flush();
        err.flush();
    }

    /** Opens the project that a choice names. */
    @FunctionalInterface
    interface WorkspaceOpener {
        Workspace open(Launch launch, ProjectChoice choice, Console console);
    }
}
