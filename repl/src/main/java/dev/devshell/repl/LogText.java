package dev.devshell.repl;

import dev.devshell.repl.screen.SafeText;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Writes lines of logs to standard output for a person. */
final class LogText implements Consumer<List<LogLine>> {
    private final Console console;
    private final LogPrefix prefix;
    private final boolean terminal;

    private LogText(Console console, LogPrefix prefix, boolean terminal) {
        this.console = console;
        this.prefix = prefix;
        this.terminal = terminal;
    }

    /** Returns what takes lines of these services (all without a name) as the options of a command say. */
    static Consumer<List<LogLine>> sink(Devshell root, Collection<String> shown) {
        return sink(root, root.console(), shown);
    }

    static Consumer<List<LogLine>> sink(Devshell root, Console console, Collection<String> shown) {
        if (root.json()) {
            return new JsonOutput(console.out())::logs;
        }
        Collection<String> all = root.workspace().config().services().keySet();
        LogPrefix prefix = new LogPrefix(all, shown.isEmpty() ? all : shown, console.colourOut());
        return new LogText(console, prefix, root.launch().hasTerminal());
    }

    @Override
    public void accept(List<LogLine> lines) {
        for (LogLine line : lines) {
            String text = line.entry().text();
            console.out().println(prefix.of(line.entry()) + (terminal ? SafeText.of(text) : text));
        }
        console.out().flush();
    }
}
