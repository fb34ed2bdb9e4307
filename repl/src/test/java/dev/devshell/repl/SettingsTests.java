package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTests {
    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void makeDirectory() throws IOException {
        file = Files.createDirectories(home.resolve("devshell")).resolve("settings");
    }

    private Settings settings() {
        return Settings.of(Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    @Test
    void asksAtTheEndAndEditsAsEmacsDoesUnlessToldOtherwise() {
        assertThat(settings().onExit()).isEqualTo(Settings.OnExit.ASK);
        assertThat(settings().keys()).isEqualTo(Settings.Keys.EMACS);
    }

    @Test
    void takesWhatIsSet() throws IOException {
        Files.writeString(file, "# mine\non-exit = Keep\nkeys=vi\n");

        assertThat(settings().onExit()).isEqualTo(Settings.OnExit.KEEP);
        assertThat(settings().keys()).isEqualTo(Settings.Keys.VI);
    }

    @Test
    void saysWhatASettingCanBe() throws IOException {
        Files.writeString(file, "on-exit = maybe\n");
        Settings settings = settings();

        assertThatThrownBy(settings::onExit)
                .isInstanceOf(DevshellException.Usage.class)
                .hasMessageContaining("'on-exit' cannot be 'maybe'")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("one of: ask, stop, keep");
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Files.createDirectory(file);

        assertThatThrownBy(this::settings).hasMessageContaining("the settings cannot be read");
    }
}
