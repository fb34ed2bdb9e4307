package dev.devshell.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTests {
    @Test
    void rivalsInTheLargeTreeAreRivals() {
        assertThat(Options.parse(List.of("--rivals-large")).rivals()).isTrue();
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
