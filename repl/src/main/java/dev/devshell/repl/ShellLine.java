package dev.devshell.repl;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jline.reader.ParsedLine;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;
import picocli.CommandLine;

/** Runs a line of the shell: the same commands as the command line's, on the shell's own project. */
final class ShellLine {
    private final Devshell root;
    private final Workspace workspace;
    private final Lending terminal;
    private final Optional<ShellLogs> logs;

    /**
     * @param logs what is shown above the prompt, where there is one
     */
    ShellLine(Devshell root, Workspace workspace, Lending terminal, Optional<ShellLogs> logs) {
        this.root = root;
        this.workspace = workspace;
        this.terminal = terminal;
        this.logs = logs;
    }

    /** Returns the commands as they can be typed here. */
    CommandLine commands() {
        return Main.commandLine(new Devshell(root.launch(), workspace, terminal, logs));
    }

    /** Returns how a line is read: quotes that are open, and a backslash at its end, go on in the next. */
    static DefaultParser parser() {
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        parser.setEofOnEscapedNewLine(true);
        return parser;
    }

    boolean isEnd(String line) {
        return List.of("exit", "quit").contains(line.strip());
    }

    int execute(String line) {
        try {
            List<String> words = words(line);
            if (words.isEmpty()) {
                return CommandLine.ExitCode.OK;
            }
            String[] typed = translated(words).toArray(String[]::new);
            return typed[typed.length - 1].equals("--help")
                    ? help(typed)
                    : commands().execute(typed);
        } catch (SyntaxError e) {
            root.console().say("devshell: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
    }

    private int help(String... typed) {
        Devshell here = new Devshell(root.launch(), workspace, terminal, logs);
        return PagedOut.around(
                here,
                console -> commands()
                        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                        .execute(typed));
    }

    /** {@code help X} is {@code X --help}. */
    private static List<String> translated(List<String> words) {
        if (!words.get(0).equals("help")) {
            return words;
        }
        return words.size() == 1 ? List.of("--help") : List.of(words.get(1), "--help");
    }

    private static List<String> words(String line) {
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
            return List.of();
        }
        ParsedLine parsed = parser().parse(stripped, 0);
        return parsed.words();
    }
}
