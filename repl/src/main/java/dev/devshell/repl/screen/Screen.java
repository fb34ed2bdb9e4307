package dev.devshell.repl.screen;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Completer;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.reader.Parser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A terminal with a line that is typed into, lines that come above it, and lines that stand below it. */
public final class Screen implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);
    /** Of a longer line the rest is left out above the prompt: it would push everything else off the screen. */
    private static final int LONGEST = 1000;

    private static final Map<LineReader.Option, Boolean> OPTIONS = Map.of(
            LineReader.Option.DISABLE_EVENT_EXPANSION, true,
            LineReader.Option.HISTORY_IGNORE_SPACE, true,
            LineReader.Option.HISTORY_IGNORE_DUPS, true,
            LineReader.Option.HISTORY_REDUCE_BLANKS, false,
            LineReader.Option.AUTO_GROUP, true,
            LineReader.Option.GROUP_PERSIST, true,
            LineReader.Option.INSERT_TAB, false);

    private final Terminal terminal;
    private final LineReader reader;
    private final Above above;
    private final Below below;
    private boolean closed;

    private Screen(Terminal terminal, OrderlyReader reader) {
        this.terminal = terminal;
        this.reader = reader;
        this.above = new Above(SafeText::of, reader::printAbove);
        this.below = new Below(reader, Status.getStatus(terminal));
    }

    /**
     * Takes over the terminal that this process was started on.
     *
     * @param opening of that terminal
     * @param history where lines are remembered; without one they are forgotten at the end
     */
    public static Screen open(
            Opening opening, Parser parser, Completer completer, Highlighter highlighter, Optional<Path> history)
            throws IOException {
        Terminal terminal = opening.take();
        Map<String, Object> variables = new HashMap<>();
        variables.put(LineReader.SECONDARY_PROMPT_PATTERN, "> ");
        variables.put(LineReader.LIST_MAX, 200);
        history.ifPresent(file -> variables.put(LineReader.HISTORY_FILE, file));
        OrderlyReader reader = new OrderlyReader(terminal, "devshell", variables);
        reader.setHistory(new DefaultHistory());
        reader.setParser(parser);
        reader.setCompleter(completer);
        reader.setHighlighter(highlighter);
        reader.setAutosuggestion(LineReader.SuggestionType.HISTORY);
        OPTIONS.forEach(reader::option);
        return new Screen(terminal, reader);
    }

    /** Lets lines be edited by vi's keys; by Emacs' without this. */
    public void editAsVi() {
        Map<String, KeyMap<Binding>> maps = reader.getKeyMaps();
        maps.put(LineReader.MAIN, Objects.requireNonNull(maps.get(LineReader.VIINS)));
    }

    public LineReader reader() {
        return reader;
    }

    public Terminal terminal() {
        return terminal;
    }

    /** Prints a line above what is being typed, without what would drive the terminal; never waits. */
    public void print(String line) {
        int more = line.length() - LONGEST;
        above.print(more <= 0 ? line : line.substring(0, LONGEST) + " ... (" + more + " more characters)");
    }

    /** Shows these lines below what is being typed, in place of those before. */
    public void below(List<AttributedString> lines) {
        below.show(lines);
    }

    /**
     * Gives the terminal to a child while {@code child} runs: nothing else is written to it, and it comes back as it was.
     *
     * @return what the child returns
     */
    public int lend(IntSupplier child) {
        above.hold();
        below.suspend();
        Attributes before = terminal.getAttributes();
        terminal.flush();
        try {
            return child.getAsInt();
        } finally {
            terminal.setAttributes(before);
            below.restore();
            above.release();
        }
    }

    /** Gives the terminal back as it was, with nothing below the prompt; from any thread, and as often as you like. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        above.close();
        below.close();
        try {
            terminal.close();
        } catch (IOException e) {
            LOG.debug("the terminal was not given back: {}", e.getMessage());
        }
    }
}
