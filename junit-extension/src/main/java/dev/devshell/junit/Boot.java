package dev.devshell.junit;

import dev.devshell.DevshellException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One project, booted once for all that ask for it; who comes while it boots waits. */
final class Boot implements AutoCloseable {
    private final ProjectKey key;
    private final Door door;
    private final Set<String> ready = new HashSet<>();
    private final Map<List<String>, Failure> failures = new HashMap<>();
    private @Nullable Failure unopened;
    private @Nullable Running running;

    Boot(ProjectKey key, Door door) {
        this.key = key;
        this.door = door;
    }

    private record Failure(DevshellException cause, String who) {}

    /**
     * Returns the project with what {@code settings} ask for booted and settled.
     *
     * @throws DevshellException as it comes for the first that asks, {@code BOOT-FAILED} with that as its cause for the others
     */
    synchronized Running require(Settings settings) {
        Failure known = unopened != null ? unopened : failures.get(settings.services());
        if (known != null) {
            throw again(known, settings);
        }
        Running opened = opened(settings);
        try {
            boot(opened, settings);
            return opened;
        } catch (DevshellException e) {
            if (!(e instanceof DevshellException.Interrupted)) {
                failures.put(settings.services(), new Failure(e, settings.origin()));
            }
            throw e;
        }
    }

    private Running opened(Settings settings) {
        if (running == null) {
            try {
                running = new Running(door.open(key));
            } catch (DevshellException e) {
                if (!(e instanceof DevshellException.Interrupted)) {
                    unopened = new Failure(e, settings.origin());
                }
                throw e;
            }
        }
        return running;
    }

    private void boot(Running opened, Settings settings) {
        // A misspelt name is told before anything is booted.
        opened.project().withDependencies(settings.waits().keySet());
        Set<String> needed = opened.project().withDependencies(settings.services());
        if (!ready.containsAll(needed)) {
            opened.project().up(settings.services(), settings.boot());
            Set<String> started = new LinkedHashSet<>(needed);
            started.removeAll(ready);
            opened.barrier().booted(settings, started);
            ready.addAll(needed);
        }
    }

    private static DevshellException again(Failure failure, Settings settings) {
        DevshellException cause = failure.cause();
        return new DevshellException.Failed(
                "BOOT-FAILED",
                "the project of " + settings.origin() + " did not boot; " + failure.who() + " was told first",
                cause.why().isEmpty() ? cause.what() : cause.what() + ": " + cause.why(),
                cause.next(),
                cause);
    }

    @Override
    public synchronized void close() {
        if (running != null) {
            Running last = running;
            running = null;
            last.close();
        }
    }
}
