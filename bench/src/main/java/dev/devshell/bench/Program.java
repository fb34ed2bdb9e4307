package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that keeps a tree of the host and a container's directory equal. */
sealed interface Program permits Devshell, ComposeWatch, Unison, Syncthing, Mutagen {
    String title();

    /** Whether what changes in the container reaches the host. */
    boolean goesBack();

    /** Whether it brings what was there before it started. */
    boolean syncsFirst();

    /** Makes it ready to start, as far as it can be without syncing. */
    Running prepare(Site site) throws IOException, InterruptedException;

    /** A prepared program. */
    interface Running extends AutoCloseable {
        /** Lets it sync; returns at once. */
        void begin() throws IOException;

        /** Returns its processes on the host. */
        List<Long> processes();

        @Override
        void close() throws IOException;
    }

    /** A program that syncs from its start on. */
    final class Spawned implements Running {
        private final ProcessBuilder builder;
        private final List<Process> started = new ArrayList<>(1);

        Spawned(Site site, Map<String, String> environment, List<String> command) {
            Path log = site.project().resolve("program.log");
            this.builder = new ProcessBuilder(command)
                    .directory(site.project().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
        }

        @Override
        public void begin() throws IOException {
            started.add(builder.start());
        }

        @Override
        public List<Long> processes() {
            List<Long> pids = new ArrayList<>();
            for (Process process : started) {
                pids.add(process.pid());
                process.descendants().forEach(child -> pids.add(child.pid()));
            }
            return pids;
        }

        @Override
        public void close() throws IOException {
            for (Process process : started) {
                List<ProcessHandle> children = process.descendants().toList();
                process.destroy();
                children.forEach(ProcessHandle::destroy);
                Command.end(process);
            }
        }
    }
}
