package dev.devshell.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files that the browser runs: those that are listed here, and no others. */
final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("", "text/html; charset=utf-8"),
            Map.entry("app.css", "text/css; charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("app.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("services.js", SCRIPT),
            Map.entry("logs.js", SCRIPT),
            Map.entry("sync.js", SCRIPT),
            Map.entry("plot.js", SCRIPT),
            Map.entry("conflicts.js", SCRIPT),
            Map.entry("tests.js", SCRIPT),
            Map.entry("history.js", SCRIPT));

    private Assets() {}

    static Optional<Answer> get(String name) {
        String type = TYPES.get(name);
        if (type == null) {
            return Optional.empty();
        }
        String file = name.isEmpty() ? "index.html" : name;
        try (InputStream in = Assets.class.getResourceAsStream("web/" + file)) {
            return in == null ? Optional.empty() : Optional.of(new Answer(200, type, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
