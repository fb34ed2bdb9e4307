package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinksTests {
    private static final String LINK = "\u001b]8;;http://localhost:3000\u001b\\localhost:3000\u001b]8;;\u001b\\";

    private static String link(boolean terminal, Map<String, String> env) {
        return Links.of(terminal, env).to("http://localhost:3000", "localhost:3000");
    }

    @Test
    void linksOnTerminalsThatAreKnownToTakeThem() {
        assertThat(link(true, Map.of("TERM", "xterm-kitty"))).isEqualTo(LINK);
        assertThat(link(true, Map.of("TERM_PROGRAM", "vscode"))).isEqualTo(LINK);
        assertThat(link(true, Map.of("VTE_VERSION", "7006"))).isEqualTo(LINK);
        assertThat(link(true, Map.of("WT_SESSION", "1"))).isEqualTo(LINK);
    }

    @Test
    void showsThePlainAddressEverywhereElse() {
        assertThat(link(true, Map.of("TERM", "xterm-256color"))).isEqualTo("localhost:3000");
        assertThat(link(true, Map.of("VTE_VERSION", "4600"))).isEqualTo("localhost:3000");
        assertThat(link(false, Map.of("TERM", "xterm-kitty"))).isEqualTo("localhost:3000");
        assertThat(link(true, Map.of("TERM", "xterm-kitty", "TMUX", "/tmp/tmux")))
                .isEqualTo("localhost:3000");
    }

    @Test
    void doesAsItIsTold() {
        assertThat(link(false, Map.of("DEVSHELL_LINKS", "always"))).isEqualTo(LINK);
        assertThat(link(true, Map.of("DEVSHELL_LINKS", "never", "TERM", "xterm-kitty")))
                .isEqualTo("localhost:3000");
    }

    @Test
    void takesNoPlaceInATable() {
        assertThat(new TextTable().row(LINK, "x").row("localhost:3000", "y").lines())
                .isEqualTo(List.of(LINK + "  x", "localhost:3000  y"));
    }
}
