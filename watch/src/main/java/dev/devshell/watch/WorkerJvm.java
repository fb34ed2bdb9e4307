package dev.devshell.watch;

import dev.devshell.DevshellException;
import dev.devshell.watch.build.BuildModel;
import dev.devshell.watch.build.GuestJar;
import dev.devshell.watch.worker.Frames;
import dev.devshell.watch.worker.Order;
import dev.devshell.watch.worker.Told;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM on the test class path that waits for tests to run. */
final class WorkerJvm implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerJvm.class);
    private static final int LINES_TOLD = 20;

    private final Process process;
    private final Path output;
    private final Path place;
    private final ServerSocketChannel server;
    private volatile boolean closed;
    private volatile long heardNanos = System.nanoTime();
    private volatile @org.jspecify.annotations.Nullable Frames frames;
    private final List<Order> waiting = new ArrayList<>();

    private WorkerJvm(Process process, Path place, ServerSocketChannel server) {
        this.process = process;
        this.place = place;
        this.output = place.resolve("output");
        this.server = server;
    }

    /** What becomes of it. */
    interface Listener {
        void told(WorkerJvm worker, Told told);

        /** It has ended, though nobody closed it. */
        void died(WorkerJvm worker, String why);
    }

    /** Starts one; it may be given orders at once. */
    static WorkerJvm start(BuildModel model, Path scratch, Listener listener) {
        try {
            Path place = Files.createTempDirectory("devshell-worker");
            Path socket = place.resolve("sock");
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            ProcessBuilder builder = new ProcessBuilder(command(model, scratch, place, socket))
                    .directory(model.directory().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(place.resolve("output").toFile());
            builder.environment().putAll(model.jvm().environment());
            WorkerJvm worker = new WorkerJvm(builder.start(), place, server);
            Inbox.start("devshell-watch-worker", () -> worker.listen(listener));
            var unused = worker.process.onExit().thenRun(() -> worker.ended(listener));
            return worker;
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-WORKER",
                    "cannot start a JVM for the tests",
                    String.valueOf(e.getMessage()),
                    "devshell doctor",
                    e);
        }
    }

    private static List<String> command(BuildModel model, Path scratch, Path place, Path socket) throws IOException {
        List<Path> path = new ArrayList<>(List.of(GuestJar.worker(scratch)));
        path.add(LoggingFiles.copy(model, place.resolve("logging")));
        path.addAll(model.testClassPath());
        String classPath = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Path arguments = Files.writeString(
                place.resolve("arguments"),
                "-cp \"" + classPath.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n",
                StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-Dbasedir=" + model.directory()));
        model.jvm().properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(model.jvm().arguments());
        command.addAll(List.of("@" + arguments, "dev.devshell.watch.worker.Worker", socket.toString()));
        return command;
    }

    private void listen(Listener listener) {
        try (Frames opened = new Frames(server.accept())) {
            begin(opened);
            for (Optional<List<String>> frame = opened.read(); frame.isPresent(); frame = opened.read()) {
                heardNanos = System.nanoTime();
                Told told = Told.of(frame.get());
                if (!(told instanceof Told.Beat)) {
                    listener.told(this, told);
                }
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.debug("the worker's line broke: {}", e.toString());
                process.destroyForcibly();
            }
        }
    }

    private synchronized void begin(Frames opened) throws IOException {
        frames = opened;
        for (Order order : waiting) {
            opened.write(order.frame());
        }
        waiting.clear();
    }

    private void ended(Listener listener) {
        if (!closed) {
            listener.died(this, "it ended with " + process.exitValue() + said());
        }
    }

    private String said() {
        try {
            List<String> lines = Files.readAllLines(output);
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES_TOLD), lines.size());
            return last.isEmpty() ? "" : ":\n" + String.join("\n", last);
        } catch (IOException e) {
            return "";
        }
    }

    synchronized void order(Order order) {
        Frames open = frames;
        if (open == null) {
            waiting.add(order);
            return;
        }
        try {
            open.write(order.frame());
        } catch (IOException e) {
            // Its end is told by its process.
            LOG.debug("the worker does not take {}: {}", order, e.toString());
        }
    }

    /** Returns for how long nothing was heard of it; it beats once a second. */
    long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once. */
    @Override
    public void close() {
        closed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            server.close();
            process.waitFor(2, TimeUnit.SECONDS);
            deleteAll(place);
        } catch (IOException e) {
            LOG.debug("leaving {}: {}", place, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
