package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationTests {
    @Test
    void movesFoldersFromExistingToMissing() {
        Destination whole = Destination.of("/opt//tools/bin/");

        assertThat(whole).isEqualTo(new Destination("/opt/tools/bin", List.of()));
        assertThat(whole.inside("file")).isEqualTo("file");
        assertThat(whole.above()).isEqualTo(new Destination("/opt/tools", List.of("bin")));
        Destination all = whole.above().above().above();
        assertThat(all).isEqualTo(new Destination("/", List.of("opt", "opt/tools", "opt/tools/bin")));
        assertThat(all.inside("file")).isEqualTo("opt/tools/bin/file");
        assertThat(Destination.of("/")).isEqualTo(new Destination("/", List.of()));
        assertThatThrownBy(() -> Destination.of("opt")).hasMessageContaining("but was: opt");
    }
}
