package dev.devshell.junit;

import dev.devshell.compose.Compose;
import dev.devshell.compose.Remains;
import dev.devshell.session.FreshProject;
import dev.devshell.session.ProjectAccess;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be taken down at the end; the session has been let go of by then. */
interface Takedown {
    /** Takes note of services that are about to be started. */
    void starting(Collection<String> services);

    void run();

    /** All of a project that is thrown away. */
    static Takedown of(FreshProject fresh) {
        return new Takedown() {
            @Override
            public void starting(Collection<String> services) {}

            @Override
            public void run() {
                fresh.close();
            }
        };
    }

    /** What was not there before: all of the project where nothing was. */
    static Takedown ofWhatWasStarted(ProjectAccess access) {
        return new Started(access);
    }

    /** Remembers what a service was before it was started. */
    final class Started implements Takedown {
        private static final Logger LOG = LoggerFactory.getLogger(Started.class);

        private final ProjectAccess access;
        private final Set<String> created = new LinkedHashSet<>();
        private final Set<String> started = new LinkedHashSet<>();
        private boolean nothingWasThere;
        private boolean hadVolumes;

        private Started(ProjectAccess access) {
            this.access = access;
        }

        @Override
        public synchronized void starting(Collection<String> services) {
            var containers = access.engine().containers(access.config().name());
            if (created.isEmpty() && started.isEmpty()) {
                nothingWasThere = containers.isEmpty();
                hadVolumes = nothingWasThere
                        && !new Remains(access.compose().options())
                                .volumes(access.config().name())
                                .isEmpty();
            }
            Set<String> existing = containers.stream()
                    .filter(container -> !container.oneOff())
                    .map(container -> container.service())
                    .collect(Collectors.toSet());
            Set<String> running = containers.stream()
                    .filter(container -> !container.oneOff() && container.running())
                    .map(container -> container.service())
                    .collect(Collectors.toSet());
            for (String service : services) {
                if (!existing.contains(service)) {
                    created.add(service);
                } else if (!running.contains(service) && !created.contains(service)) {
                    started.add(service);
                }
            }
        }

        @Override
        public synchronized void run() {
            Compose compose = access.compose();
            if (nothingWasThere) {
                compose.down(!hadVolumes, LOG::debug);
                return;
            }
            if (!created.isEmpty()) {
                compose.remove(created.stream().toList(), LOG::debug);
            }
            if (!started.isEmpty()) {
                compose.stop(started.stream().toList(), LOG::debug);
            }
        }
    }
}
