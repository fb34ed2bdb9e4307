package dev.devshell.watch.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.apache.maven.execution.ExecutionEvent;
import org.eclipse.aether.RepositorySystem;

/**
 * Writes what Maven knows of each project to the file that the system property {@value #FILE} names, once the tests of the
 * project are compiled.
 *
 * <p>Maven finds this through {@code -Dmaven.ext.class.path}, so that the project's own files say nothing of it.
 */
public final class ModelSpy extends AbstractEventSpy {
    static final String FILE = "devshell.watch.model";

    /** Set by Maven's container, from components.xml: it cannot scan the annotations of classes as new as these. */
    @SuppressWarnings({"NullAway.Init", "unused"})
    private RepositorySystem repositories;

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void onEvent(Object event) throws Exception {
        if (event instanceof ExecutionEvent execution) {
            take(execution);
        }
    }

    private void take(ExecutionEvent event) throws Exception {
        switch (event.getType()) {
            // Skipped tests are not compiled, and their plugins say nothing of it.
            case MojoSucceeded -> {
                String goal = event.getMojoExecution().getArtifactId() + ":"
                        + event.getMojoExecution().getGoal();
                if (goal.equals("maven-compiler-plugin:compile") || goal.equals("maven-compiler-plugin:testCompile")) {
                    lines.addAll(new CompilerFacts(event).lines());
                }
            }
            case ProjectSucceeded -> lines.addAll(new ProjectFacts(event, repositories).lines());
            case SessionEnded -> write();
            default -> {
                // Nothing of the rest is asked for.
            }
        }
    }

    private void write() throws IOException {
        Optional<String> file = Optional.ofNullable(System.getProperty(FILE));
        if (file.isPresent()) {
            Files.write(Path.of(file.get()), lines);
        }
    }
}
