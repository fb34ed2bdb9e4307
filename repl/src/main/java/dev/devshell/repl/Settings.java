package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * How a person likes the shell: {@code devshell/settings} below {@code XDG_CONFIG_HOME}, or {@code ~/.config}, as lines of {@code name = value}.
 */
final class Settings {
    private final Path file;
    private final Properties values;

    private Settings(Path file, Properties values) {
        this.file = file;
        this.values = values;
    }

    /** What becomes of the containers when the last shell is left. */
    enum OnExit {
        ASK,
        STOP,
        KEEP
    }

    /** How a line is edited. */
    enum Keys {
        EMACS,
        VI
    }

    /**
     * Reads what is set; nothing is where there is no file.
     *
     * @throws DevshellException.Usage {@code BAD-SETTINGS} when the file is there and cannot be read
     */
    static Settings of(Map<String, String> env) {
        String given = env.getOrDefault("XDG_CONFIG_HOME", "");
        Path directory = given.isEmpty()
                ? Path.of(env.getOrDefault("HOME", System.getProperty("user.home")), ".config")
                : Path.of(given);
        Path file = directory.resolve("devshell").resolve("settings");
        Properties values = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new DevshellException.Usage(
                        "BAD-SETTINGS",
                        "the settings cannot be read",
                        file + ": " + e.getMessage(),
                        "mend the file, or move it away");
            }
        }
        return new Settings(file, values);
    }

    OnExit onExit() {
        return choice("on-exit", OnExit.ASK);
    }

    Keys keys() {
        return choice("keys", Keys.EMACS);
    }

    /** Returns which logs come above the prompt, where 'logs on|off|errors' was never said for a project. */
    ShellLogs.Wish logs() {
        return choice("logs", ShellLogs.Wish.ERRORS);
    }

    /**
     * Returns what a setting is set to, or {@code otherwise}.
     *
     * @throws DevshellException.Usage {@code BAD-SETTINGS} when it is set to something else than it can be
     */
    private <E extends Enum<E>> E choice(String name, E otherwise) {
        String value = values.getProperty(name, "").strip();
        if (value.isEmpty()) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(one -> word(one).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DevshellException.Usage(
                        "BAD-SETTINGS",
                        "'" + name + "' cannot be '" + value + "'",
                        "in " + file,
                        "one of: " + Arrays.stream(all).map(Settings::word).collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
