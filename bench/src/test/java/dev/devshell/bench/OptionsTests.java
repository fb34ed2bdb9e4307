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
}
