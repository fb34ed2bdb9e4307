package dev.devshell.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is to be said of a test that failed, besides its failure.
 *
 * @param happened to containers during it
 * @param containers how they are at its end
 * @param sync how it stands at its end
 * @param edits files of the host that changed under it
 * @param hearsOfEdits whether no edits means that there were none
 * @param others tests that ran at the same time
 */
record Evidence(
        TestTime test,
        List<String> happened,
        List<String> containers,
        List<String> sync,
        List<String> edits,
        boolean hearsOfEdits,
        Set<String> others,
        ServiceLogs logs) {
    private static final int NAMED = 5;

    /** Looks at everything now, which is at the test's end. */
    static Evidence of(Running running, Set<String> services, TestTime test, List<String> edits) {
        Chronicle chronicle = running.chronicle();
        // Asked first: what is read below takes long enough for paths to arrive that the test had waited for.
        List<String> sync = SyncFacts.now(running.project().session().sync());
        List<String> containers = ContainerFacts.now(running.project(), services);
        ServiceLogs logs = ServiceLogs.read(running.project(), services, test.begun());
        List<String> happened = ContainerFacts.happened(chronicle.eventsSince(test.begun()), services);
        return new Evidence(test, happened, containers, sync, edits, chronicle.hearsOfChanges(), test.others(), logs);
    }

    /** Returns how far the logs are this test's own. */
    String tellApart() {
        if (others.isEmpty()) {
            return "no other test of this run used the project at the same time";
        }
        List<String> some = others.stream().limit(NAMED).toList();
        return (others.size() == 1 ? "1 other test" : others.size() + " other tests")
                + " ran at the same time, and what they caused is among this: " + String.join(", ", some)
                + (others.size() > NAMED ? ", ..." : "");
    }

    /** Returns the sections under their titles; the logs are not in it. */
    Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put("parallel", List.of(tellApart()));
        // A report entry must not be blank.
        sections.put("happened", happened.isEmpty() ? List.of("nothing") : happened);
        sections.put("containers", containers.isEmpty() ? List.of("there are none") : containers);
        sections.put("sync", sync.isEmpty() ? List.of("no container is in sync") : sync);
        List<String> changed = new ArrayList<>(edits);
        if (!hearsOfEdits) {
            changed.add("the session does not tell of edits: there may have been some");
        }
        sections.put("edited", changed.isEmpty() ? List.of("nothing") : changed);
        if (!logs.unread().isEmpty()) {
            sections.put("logs", List.of("not all could be read: " + logs.unread()));
        }
        return sections;
    }

    /** Returns all but the logs, as text. */
    String summary() {
        StringBuilder text = new StringBuilder(test.name() + "\nbegun " + test.begun() + "\n");
        sections().forEach((title, lines) -> {
            text.append('\n').append(title).append(":\n");
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        });
        return text.toString();
    }

    /** Returns the little that belongs under a stack trace. */
    String brief(String place) {
        List<String> lines = new ArrayList<>(happened);
        if (!edits.isEmpty()) {
            lines.add("ran across an edit of " + String.join(", ", edits));
        }
        if (!others.isEmpty()) {
            lines.add(tellApart());
        }
        logs.tails().values().forEach(lines::addAll);
        lines.add(place);
        return String.join("\n", lines);
    }
}
