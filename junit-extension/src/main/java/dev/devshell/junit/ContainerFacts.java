package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.ContainerEvent.Happened;
import dev.devshell.engine.Health;
import dev.devshell.engine.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Says in lines what happened to containers, and how they are. Their environment and labels are not looked at. */
final class ContainerFacts {
    private ContainerFacts() {}

    /** Returns what happened to the containers of these services, with times. */
    static List<String> happened(List<Chronicle.Noted<ContainerEvent>> events, Collection<String> services) {
        List<String> lines = new ArrayList<>();
        for (Chronicle.Noted<ContainerEvent> event : events) {
            String what = "";
            if (event.what() instanceof ContainerEvent.Lost lost) {
                what = "the engine's events broke off, some may be missing: " + lost.why();
            } else if (event.what() instanceof Happened happened && services.contains(happened.service())) {
                what = what(happened);
            }
            if (!what.isEmpty()) {
                lines.add(event.when() + " " + what);
            }
        }
        return lines;
    }

    private static String what(Happened event) {
        String name = event.service() + "-" + event.number() + (event.oneOff() ? " (one-off)" : "");
        return switch (event.kind()) {
            case DIE ->
                name + " ended"
                        + (event.exitCode().isPresent()
                                ? " with exit code " + event.exitCode().getAsInt()
                                : "");
            case OOM -> name + " ran out of memory: the kernel killed a process of it";
            case START -> name + " started";
            case CREATE -> name + " was made anew";
            case DESTROY -> name + " was removed, with its log";
            case PAUSE -> name + " was paused";
            case UNPAUSE -> name + " goes on after a pause";
            case HEALTH ->
                event.health() == Health.UNHEALTHY || event.health() == Health.HEALTHY
                        ? name + " became " + event.health().toString().toLowerCase(Locale.ROOT)
                        : "";
            case KILL, STOP, RENAME -> "";
        };
    }

    /** Returns one line for each container. */
    static List<String> now(OpenProject project, Collection<String> services) {
        try {
            return project.containers().stream()
                    .filter(container -> services.contains(container.service()))
                    .map(ContainerFacts::line)
                    .toList();
        } catch (DevshellException e) {
            return List.of("the containers could not be looked at: " + e.what() + ": " + e.why());
        }
    }

    private static String line(Container container) {
        RunState run = container.run();
        StringBuilder line = new StringBuilder(container.service() + "-" + container.number() + " is "
                + run.status().toString().toLowerCase(Locale.ROOT));
        // Of a container that ended, the engine only repeats that it is unhealthy.
        if (container.running() && run.health() != Health.NONE) {
            line.append(", ").append(run.health().toString().toLowerCase(Locale.ROOT));
        }
        if (!container.running()) {
            line.append(", exit code ").append(run.exitCode());
        }
        if (run.oomKilled()) {
            line.append(", killed because it ran out of memory");
        }
        line.append(", restarted by the engine ").append(run.restartCount()).append(" times");
        run.startedAt().ifPresent(when -> line.append(", started ").append(when));
        return line.toString();
    }
}
