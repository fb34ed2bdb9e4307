package dev.devshell.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Mutagen with its own daemon and its defaults: both ways, and what collides stays as it is. */
record Mutagen() implements Program {
    private static final String SESSION = "bench";

    static boolean isHere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "mutagen")));
    }

    @Override
    public String title() {
        return "mutagen";
    }

    @Override
    public boolean goesBack() {
        return true;
    }

    @Override
    public boolean syncsFirst() {
        return true;
    }

    @Override
    public Running prepare(Site site) throws IOException {
        Session session = new Session(site, new Spawned(site, environment(site), List.of("mutagen", "daemon", "run")));
        session.daemon.begin();
        return session;
    }

    private static Map<String, String> environment(Site site) {
        Path data = site.project().resolve("mutagen");
        return Map.of("MUTAGEN_DATA_DIRECTORY", data.toString());
    }

    private static void mutagen(Site site, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "mutagen";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Command.run(site.project(), environment(site), command);
    }

    /** The daemon does all the work; a session tells it what to sync. */
    private record Session(Site site, Spawned daemon) implements Running {
        @Override
        public void begin() throws IOException {
            mutagen(
                    site,
                    "sync",
                    "create",
                    "--name=" + SESSION,
                    "--sync-mode=two-way-safe",
                    site.tree().toString(),
                    "docker://" + site.container() + "/app");
        }

        @Override
        public List<Long> processes() {
            return daemon.processes();
        }

        @Override
        public void close() throws IOException {
            try {
                mutagen(site, "sync", "terminate", SESSION);
                mutagen(site, "daemon", "stop");
            } finally {
                daemon.close();
            }
        }
    }
}
