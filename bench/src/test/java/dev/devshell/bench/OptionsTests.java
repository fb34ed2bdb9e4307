package dev.devshell.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTests {
    @Test
    void rivalsInTheLargeTreeAreRivals() {
        assertThat(Options.parse(List.of("--rivals-large")).rivals()).containsExactly(Options.Rival.values());
    }

    @Test
    void measuresTheRivalsThatAreNamed() {
        assertThat(Options.parse(List.of()).rivals()).isEmpty();
        assertThat(Options.parse(List.of("--rivals")).rivals()).containsExactly(Options.Rival.values());
        assertThat(Options.parse(List.of("--rivals=syncthing,compose-watch")).rivals())
                .containsExactly(Options.Rival.COMPOSE_WATCH, Options.Rival.SYNCTHING);
        assertThatThrownBy(() -> Options.parse(List.of("--rivals=rsync")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("compose-watch, unison, syncthing, mutagen")
                .hasMessageContaining("but was: rsync");
    }

    @Test
    void namesTheOptionThatItDoesNotKnow() {
        assertThatThrownBy(() -> Options.parse(List.of("--fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was: --fast");
    }

    @Test
    void runsWhatItIsAskedFor() {
        Options options = Options.parse(List.of("--only", "edits,first-sync", "--quick"));

        assertThat(options.quick()).isTrue();
        assertThat(options.runs(Options.Scenario.EDITS)).isTrue();
        assertThat(options.runs(Options.Scenario.MANY_FILES)).isFalse();
        assertThatThrownBy(() -> Options.parse(List.of("--only", "everything")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
