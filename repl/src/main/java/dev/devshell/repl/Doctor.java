package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.compose.ComposeVersion;
import dev.devshell.engine.Engine;
import dev.devshell.engine.EngineInfo;
import dev.devshell.session.Leftovers;
import dev.devshell.session.SessionPlace;
import dev.devshell.session.Strays;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at all that devshell stands on; changes nothing. */
final class Doctor {
    private static final int ENOUGH_WATCHES = 65_536;
    private static final int ENOUGH_INSTANCES = 128;
    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)");

    private final Map<String, String> env;

    Doctor(Map<String, String> env) {
        this.env = env;
    }

    List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(tool("docker CLI", "install the docker CLI", "docker", "--version"));
        checks.add(engine());
        checks.add(compose());
        checks.add(tool("buildx", "install docker-buildx: BuildKit's builds need it", "docker", "buildx", "version"));
        checks.add(limit("max_user_watches", ENOUGH_WATCHES));
        checks.add(limit("max_user_instances", ENOUGH_INSTANCES));
        checks.add(state());
        checks.addAll(leftovers());
        checks.add(strays());
        return checks;
    }

    private static Check java() {
        String version = Runtime.version().toString();
        return Runtime.version().feature() >= 17
                ? Check.ok("Java", version)
                : Check.fail("Java", version, "install Java 17 or later");
    }

    private Check engine() {
        try (Engine engine = Engine.connect(env)) {
            EngineInfo info = engine.info();
            return Check.ok("engine", info.version() + ", API " + info.apiVersion() + ", " + info.address());
        } catch (DevshellException e) {
            return Check.fail("engine", e.what() + ": " + e.why(), e.next());
        }
    }

    private Check compose() {
        Check found = tool(
                "compose",
                "install Compose " + ComposeVersion.OLDEST.text() + " or later",
                "docker",
                "compose",
                "version",
                "--short");
        Matcher version = VERSION.matcher(found.found());
        if (found.verdict() != Check.Verdict.OK || !version.lookingAt()) {
            return found;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        boolean enough = major > ComposeVersion.OLDEST.major()
                || (major == ComposeVersion.OLDEST.major() && minor >= ComposeVersion.OLDEST.minor());
        return enough
                ? found
                : Check.fail("compose", found.found(), "install Compose " + ComposeVersion.OLDEST.text() + " or later");
    }

    private Check tool(String name, String remedy, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            Process child = builder.start();
            child.getOutputStream().close();
            String said =
                    new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip();
            if (!child.waitFor(10, TimeUnit.SECONDS)) {
                child.destroyForcibly();
                return Check.fail(name, "it does not answer", remedy);
            }
            return child.exitValue() == 0 ? Check.ok(name, said) : Check.fail(name, said, remedy);
        } catch (IOException e) {
            return Check.fail(name, "it is not there: " + e.getMessage(), remedy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private static Check limit(String name, int enough) {
        Path file = Path.of("/proc/sys/fs/inotify", name);
        if (!Files.exists(file)) {
            return Check.ok("inotify " + name, "not of this system");
        }
        // The kernel answers a single read: one that comes byte by byte gets the first digit only.
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            int limit = Integer.parseInt(String.valueOf(reader.readLine()).strip());
            return limit >= enough
                    ? Check.ok("inotify " + name, Integer.toString(limit))
                    : Check.warn(
                            "inotify " + name,
                            limit + " may be too few for a large tree",
                            "sudo sysctl fs.inotify." + name + "="
                                    + Math.max(enough, 524_288 / (enough < 1000 ? 1024 : 1)));
        } catch (IOException | NumberFormatException e) {
            return Check.warn("inotify " + name, "it cannot be read: " + e.getMessage(), "");
        }
    }

    private Check state() {
        Path root = SessionPlace.stateRoot(env);
        Path existing = root;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isWritable(existing)
                ? Check.ok("state", root.toString())
                : Check.fail("state", root + " cannot be written", "set XDG_STATE_HOME to a directory that can");
    }

    /** The only thing that is not left to the user: nobody but the run that was killed knew of it. */
    private Check strays() {
        try {
            Strays strays = new Strays(env);
            List<String> found = strays.all();
            strays.remove(found);
            return Check.ok(
                    "test projects",
                    found.isEmpty()
                            ? "none without its test run"
                            : "removed, for their test runs were killed: " + String.join(", ", found));
        } catch (DevshellException e) {
            return Check.warn("test projects", e.what() + ": " + e.why(), e.next());
        }
    }

    private List<Check> leftovers() {
        List<Path> dead = Leftovers.deadSockets(SessionPlace.runtimeRoot(env));
        if (dead.isEmpty()) {
            return List.of(Check.ok("sockets", "none without its session"));
        }
        return dead.stream()
                .map(socket ->
                        Check.warn("sockets", socket + " has no session any more", "rm -r " + socket.getParent()))
                .toList();
    }
}
