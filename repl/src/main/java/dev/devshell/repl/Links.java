package dev.devshell.repl;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes text a link where the terminal is known to take one (OSC 8): the text itself is still what is seen.
 *
 * <p>{@code DEVSHELL_LINKS} decides otherwise: {@code always} or {@code never}.
 */
final class Links {
    static final Links NONE = new Links(false);

    /** Later than the one that printed links as garbage. */
    private static final int VTE = 5000;

    private static final Set<String> PROGRAMS = Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio");
    private static final Set<String> TERMS =
            Set.of("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour");
    private static final Set<String> MARKS = Set.of("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM");

    private final boolean on;

    private Links(boolean on) {
        this.on = on;
    }

    /**
     * @param terminal whether the links are to be written to one
     */
    static Links of(boolean terminal, Map<String, String> env) {
        return switch (env.getOrDefault("DEVSHELL_LINKS", "").toLowerCase(Locale.ROOT)) {
            case "always" -> new Links(true);
            case "never" -> NONE;
            default -> new Links(terminal && takesThem(env));
        };
    }

    /** Inside tmux and screen the terminal around them is not known. */
    private static boolean takesThem(Map<String, String> env) {
        if (env.containsKey("TMUX")
                || env.containsKey("STY")
                || !env.getOrDefault("CI", "").isEmpty()) {
            return false;
        }
        return PROGRAMS.contains(env.getOrDefault("TERM_PROGRAM", ""))
                || TERMS.contains(env.getOrDefault("TERM", ""))
                || MARKS.stream().anyMatch(env::containsKey)
                || isRecentVte(env.getOrDefault("VTE_VERSION", ""));
    }

    private static boolean isRecentVte(String version) {
        return version.matches("\\d{1,9}") && Integer.parseInt(version) >= VTE;
    }

    String to(String address, String text) {
        return on ? "\u001b]8;;" + address + "\u001b\\" + text + "\u001b]8;;\u001b\\" : text;
    }

    String to(Path file, String text) {
        return on ? to(file.toAbsolutePath().toUri().toASCIIString(), text) : text;
    }
}
