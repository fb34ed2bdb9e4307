package dev.devshell.repl;

import dev.devshell.LogEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** What stands before a line of a log: the service's name, as wide as the widest, in a colour of the service's own. */
final class LogPrefix {
    /** No red: that is how an error looks. */
    private static final Style[] COLOURS = {
        Style.CYAN,
        Style.GREEN,
        Style.YELLOW,
        Style.BLUE,
        Style.MAGENTA,
        Style.BRIGHT_CYAN,
        Style.BRIGHT_GREEN,
        Style.BRIGHT_YELLOW,
        Style.BRIGHT_BLUE,
        Style.BRIGHT_MAGENTA
    };

    private final boolean coloured;
    private final Map<String, Style> colours = new HashMap<>();
    private final int width;

    /**
     * @param services of the whole project, so that a colour does not depend on which of them are shown
     * @param shown those whose lines may come
     */
    LogPrefix(Collection<String> services, Collection<String> shown, boolean coloured) {
        this.coloured = coloured;
        this.width = shown.stream().mapToInt(String::length).max().orElse(0);
        boolean[] taken = new boolean[COLOURS.length];
        for (String service : new TreeSet<>(services)) {
            int colour = Math.floorMod(service.hashCode(), COLOURS.length);
            for (int tried = 0; taken[colour] && tried < COLOURS.length; tried++) {
                colour = (colour + 1) % COLOURS.length;
            }
            taken[colour] = true;
            colours.put(service, COLOURS[colour]);
        }
    }

    /** Returns the prefix of a line; a replica that is not the first one says its number. */
    String of(LogEntry line) {
        String name = line.number() > 1 ? line.source() : line.service();
        String padded = name + " ".repeat(Math.max(0, width - name.length()));
        Style style = colours.get(line.service());
        return (coloured && style != null ? style.on(padded) : padded) + " | ";
    }
}
