package dev.devshell.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Syncthing, one on the host and the same program in the container, which know each other and nobody else.
 *
 * <p>It waits a second for what else changes: below that it keeps a core busy, and bursts stay incomplete now and then.
 */
record Syncthing() implements Program {
    private static final int PORT = 22_000;
    private static final Duration START = Duration.ofSeconds(60);
    private static final String HOME = "/syncthing";

    @Override
    public String title() {
        return "syncthing, delay 1 s";
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
    public Running prepare(Site site) throws IOException, InterruptedException {
        Path ends = Files.createDirectory(site.project().resolve("syncthing"));
        String address = Command.run(
                ends,
                "docker",
                "inspect",
                "-f",
                "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
                site.container());
        SyncthingEnd host = SyncthingEnd.create(
                ends.resolve("host"), site.tree().toString(), "tcp://127.0.0.1:" + freePort(), freePort(), true);
        SyncthingEnd container = SyncthingEnd.create(
                ends.resolve("container"), "/app", "tcp://" + address + ":" + PORT, freePort(), false);
        host.configure(container);
        container.configure(host);
        Files.createDirectories(site.tree().resolve(SyncthingEnd.MARKER));
        Files.createDirectories(site.inside().resolve(SyncthingEnd.MARKER));
        Pair pair = new Pair(site, host, new Spawned(site, SyncthingEnd.ENVIRONMENT, host.command()));
        try {
            inContainer(site, container);
            pair.child.begin();
            host.await("a connection of its two ends", host::connected, START);
            return pair;
        } catch (IOException | TimeoutException e) {
            pair.close();
            throw new IOException("Syncthing did not come up: " + e.getMessage(), e);
        }
    }

    private static void inContainer(Site site, SyncthingEnd end) throws IOException {
        String program = Command.run(site.project(), "sh", "-c", "readlink -f \"$(command -v syncthing)\"");
        Command.run(site.project(), "docker", "cp", "-q", end.home().toString(), site.container() + ":" + HOME);
        Command.run(site.project(), "docker", "cp", "-q", program, site.container() + ":" + HOME + "/program");
        Command.run(
                site.project(),
                "docker",
                "exec",
                "-d",
                "-e",
                "HOME=" + HOME,
                site.container(),
                "sh",
                "-c",
                "echo $$ >" + HOME + "/pid; exec " + HOME + "/program " + String.join(" ", SyncthingEnd.serve(HOME))
                        + " >" + HOME + "/log 2>&1");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Both are up and connected; the host's end has its folder paused until it may begin. */
    private record Pair(Site site, SyncthingEnd host, Spawned child) implements Running {
        @Override
        public void begin() throws IOException {
            host.resume();
        }

        @Override
        public List<Long> processes() {
            return child.processes();
        }

        @Override
        public void close() throws IOException {
            child.close();
            Command.run(
                    site.project(),
                    "docker",
                    "exec",
                    site.container(),
                    "sh",
                    "-c",
                    "kill $(cat " + HOME + "/pid) || true");
        }
    }
}
