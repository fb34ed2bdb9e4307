package dev.devshell.compose;

import dev.devshell.DevshellException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What there is on the engine of projects whose Compose files need not be there any more, found by the labels that Compose sets.
 */
public final class Remains {
    private static final String PROJECT = "com.docker.compose.project";
    /** What is being removed by somebody else is soon gone. */
    private static final int ATTEMPTS = 10;

    private static final int PAUSE_MILLIS = 300;

    private final ComposeCli cli;

    /** @param options for the environment, which leads to the engine; which project they name does not matter */
    public Remains(ComposeOptions options) {
        this.cli = new ComposeCli(options);
    }

    /** Returns the value of a label for each project that has something with it: a container, a network or a volume. */
    public Map<String, String> labelled(String label) {
        Map<String, String> found = new LinkedHashMap<>();
        String format = "{{.Label \"" + PROJECT + "\"}}\t{{.Label \"" + label + "\"}}";
        for (List<String> list : List.of(List.of("ps", "--all"), List.of("network", "ls"), List.of("volume", "ls"))) {
            for (String line : list(list, label, format)) {
                String[] parts = line.split("\t", 2);
                if (parts.length == 2 && !parts[0].isEmpty()) {
                    found.put(parts[0], parts[1]);
                }
            }
        }
        return found;
    }

    /** Returns the names of a project's volumes. */
    public List<String> volumes(String project) {
        return list(List.of("volume", "ls"), PROJECT + "=" + project, "{{.Name}}");
    }

    /**
     * Removes a project's containers at once, without asking them to end, its networks, its volumes, and the images that were
     * built under its name.
     *
     * @throws DevshellException.Failed {@code NOT-REMOVED} naming what is still there
     */
    public void remove(String project) {
        String of = PROJECT + "=" + project;
        remove(of, List.of("ps", "--all"), "{{.ID}}", List.of("rm", "--force", "--volumes"));
        remove(of, List.of("network", "ls"), "{{.ID}}", List.of("network", "rm"));
        remove(of, List.of("volume", "ls"), "{{.Name}}", List.of("volume", "rm", "--force"));
        removeImages(project, of);
    }

    private void remove(String label, List<String> list, String format, List<String> removal) {
        String complaint = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<String> there = list(list, label, format);
            if (there.isEmpty()) {
                return;
            }
            List<String> command = new ArrayList<>(removal);
            command.addAll(there);
            Child.Outcome outcome = cli.docker(command);
            if (!outcome.ok()) {
                complaint = outcome.stderr().strip();
                pause();
            }
        }
        throw new DevshellException.Failed(
                "NOT-REMOVED",
                "something of " + label + " cannot be removed",
                complaint,
                "docker " + String.join(" ", list) + " --filter label=" + label);
    }

    /** An image that was given a name of its own may be somebody else's, and one that is in use stays. */
    private void removeImages(String project, String label) {
        List<String> own = list(List.of("image", "ls"), label, "{{.Repository}}:{{.Tag}}").stream()
                .filter(name -> name.startsWith(project + "-"))
                .toList();
        if (!own.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("image", "rm", "--force"));
            command.addAll(own);
            cli.docker(command);
        }
    }

    private List<String> list(List<String> list, String label, String format) {
        List<String> command = new ArrayList<>(list);
        command.addAll(List.of("--filter", "label=" + label, "--format", format));
        Child.Outcome outcome = cli.docker(command);
        if (!outcome.ok()) {
            throw new DevshellException.EngineUnreachable(
                    "ENGINE-UNREACHABLE",
                    "cannot ask the engine what is left of " + label,
                    outcome.stderr().strip(),
                    "devshell doctor",
                    null);
        }
        return outcome.stdout().lines().filter(line -> !line.isBlank()).toList();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted while a project was removed");
        }
    }
}
