package dev.devshell.repl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.DevshellException;
import dev.devshell.watch.CommandScreen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tells on standard error why a watched command runs and how it ended; standard output is the command's own. */
final class WatchScreen implements CommandScreen {
    private static final int NAMED = 3;

    private final Devshell root;
    private final String command;

    WatchScreen(Devshell root, List<String> command) {
        this.root = root;
        this.command = String.join(" ", Words.afterDashes(command));
    }

    @Override
    public void runs(List<Path> changed, Duration sinceSaved) {
        if (root.json()) {
            say(event("runs", changed).put("millisSinceSaved", sinceSaved.toMillis()));
        } else if (changed.isEmpty()) {
            say(Style.DIM, "-- " + command);
        } else {
            say(Style.DIM, "-- " + named(changed) + " " + sinceSaved.toMillis() + " ms ago and has landed: " + command);
        }
    }

    @Override
    public void ended(int code, Duration took) {
        if (root.json()) {
            say(event("ended", List.of()).put("code", code).put("millis", took.toMillis()));
        } else {
            say(
                    code == 0 ? Style.GREEN : Style.RED,
                    "-- " + (code == 0 ? "ok" : "ended with " + code) + " after "
                            + String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0)
                            + "; waits for a change, Ctrl-C leaves");
        }
    }

    @Override
    public void cancelled(List<Path> changed) {
        if (root.json()) {
            say(event("cancelled", changed));
        } else {
            say(Style.DIM, "-- cancelled: " + (changed.isEmpty() ? "the session ended" : named(changed)));
        }
    }

    @Override
    public void failed(DevshellException failure) {
        root.failures().tell(failure);
    }

    private String named(List<Path> changed) {
        Path here = root.launch().workingDirectory();
        List<String> names = changed.stream()
                .limit(NAMED)
                .map(path -> (path.startsWith(here) ? here.relativize(path) : path).toString())
                .toList();
        int more = changed.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "") + " changed";
    }

    private static ObjectNode event(String name, List<Path> changed) {
        ObjectNode event = JsonOutput.object().put("event", name);
        if (!changed.isEmpty()) {
            ArrayNode paths = event.putArray("changed");
            changed.forEach(path -> paths.add(path.toString()));
        }
        return event;
    }

    private void say(ObjectNode event) {
        root.console().say(event.toString());
    }

    private void say(Style style, String line) {
        root.console().say(root.console().err(style, line));
    }
}
