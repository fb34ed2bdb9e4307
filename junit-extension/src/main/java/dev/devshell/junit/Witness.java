package dev.devshell.junit;

import dev.devshell.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells at the end of a test what the services did during it, where it failed; and whether files changed under it. */
final class Witness {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final int NAMED = 20;

    private final Running running;
    private final TestTime test;
    private final Scope scope;
    private final Set<String> services;

    private Witness(Running running, TestTime test, Scope scope, Set<String> services) {
        this.running = running;
        this.test = test;
        this.scope = scope;
        this.services = services;
    }

    static Witness begin(Running running, Set<String> services, Scope scope, ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName() + "." + context.getDisplayName();
        return new Witness(running, running.chronicle().begin(name), scope, services);
    }

    /** Takes note that the barrier before the test was passed. */
    void settled() {
        test.settled();
    }

    /** To be told before the test's edits are put back. */
    void end(ExtensionContext context) {
        running.chronicle().end(test);
        List<String> edits = edits();
        if (!edits.isEmpty()) {
            context.publishReportEntry("devshell.edited", "ran across an edit of " + String.join(", ", edits));
        }
        Optional<Throwable> failure =
                context.getExecutionException().filter(thrown -> !(thrown instanceof TestAbortedException));
        try {
            if (failure.isPresent()) {
                tell(context, failure.get(), edits);
            } else {
                EvidencePlace.clear(context);
            }
        } catch (IOException e) {
            LOG.warn("the evidence of {} could not be written", test.name(), e);
            context.publishReportEntry("devshell.evidence", "could not be written: " + e);
        }
    }

    private void tell(ExtensionContext context, Throwable failure, List<String> edits) throws IOException {
        Evidence evidence = Evidence.of(running, services, test, edits);
        Map<String, String> entries = new LinkedHashMap<>();
        evidence.sections().forEach((title, lines) -> entries.put("devshell." + title, String.join("\n", lines)));
        evidence.logs().tails().forEach((name, lines) -> entries.put("devshell.log." + name, String.join("\n", lines)));
        context.publishReportEntry(entries);
        EvidencePlace place = EvidencePlace.of(context);
        // Before the files: where they cannot be written, it is all there is.
        failure.addSuppressed(new Meanwhile(
                running.project().session().project(), evidence.brief("all of it: " + place.directory())));
        place.write(evidence);
        context.publishReportEntry("devshell.evidence", place.directory().toString());
        Attachment.publish(context, place.files());
    }

    /** What the test itself edited through its handles is no surprise to it. */
    private List<String> edits() {
        Set<Path> own = scope.edited();
        Set<String> paths = new LinkedHashSet<>();
        for (Change change : running.chronicle().changesAfter(test.settledMillis())) {
            if (!change.byContainer()) {
                change.paths().stream()
                        .filter(path -> !own.contains(path))
                        .map(this::relative)
                        .forEach(paths::add);
            }
        }
        List<String> named =
                new java.util.ArrayList<>(paths.stream().limit(NAMED).toList());
        if (paths.size() > NAMED) {
            named.add("and " + (paths.size() - NAMED) + " more");
        }
        return named;
    }

    private String relative(Path path) {
        Path directory = running.project().directory();
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }
}
