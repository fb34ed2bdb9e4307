package dev.devshell.repl;

import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;
import picocli.CommandLine;

/** Runs a line of the shell: the same commands as the command line's, on the shell's own project. */
final class ShellLine {
    private final Devshell root;
    private final Workspace workspace;

    ShellLine(Devshell root, Workspace workspace) {
        this.root = root;
        this.workspace = workspace;
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
            CommandLine commands = Main.commandLine(new Devshell(root.launch(), workspace));
            return commands.execute(translated(words).toArray(String[]::new));
        } catch (SyntaxError e) {
            root.console().say("devshell: " + e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
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
        DefaultParser parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        ParsedLine parsed = parser.parse(stripped, 0);
        return parsed.words();
    }
}
