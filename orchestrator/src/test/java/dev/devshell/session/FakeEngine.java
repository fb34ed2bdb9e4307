package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.engine.ComposeLabels;
import dev.devshell.engine.Container;
import dev.devshell.engine.ContainerEvent;
import dev.devshell.engine.Engine;
import dev.devshell.engine.EngineInfo;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.engine.FileChange;
import dev.devshell.engine.FileUpload;
import dev.devshell.engine.Health;
import dev.devshell.engine.ImageFacts;
import dev.devshell.engine.LogRange;
import dev.devshell.engine.LogReader;
import dev.devshell.engine.RunState;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** An engine whose containers are what the test says. */
final class FakeEngine implements Engine {
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final Map<String, String> files = new HashMap<>();

    /** Puts a container there, running since the given second. */
    synchronized Container run(String id, String service, int second) {
        return put(id, service, RunState.Status.RUNNING, second);
    }

    synchronized void stop(String id, String service) {
        put(id, service, RunState.Status.EXITED, 0);
    }

    synchronized void remove(String id) {
        containers.remove(id);
    }

    private Container put(String id, String service, RunState.Status status, int second) {
        RunState run =
                new RunState(status, Health.NONE, "", 0, false, 1, Optional.of(Instant.ofEpochSecond(second)), 0);
        ComposeLabels labels = new ComposeLabels("blog", service, 1, false, "hash", "", "", List.of());
        Container container = new Container(
                id, service + "-1", labels, run, "sha256:0", "amd64", "", "", false, List.of(), List.of(), Map.of());
        containers.put(id, container);
        return container;
    }

    static ContainerEvent event(ContainerEvent.Kind kind, String id, String service) {
        return new ContainerEvent.Happened(
                kind, id, service, 1, false, OptionalInt.empty(), Health.NONE, Instant.EPOCH);
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo("unix:///fake", "localhost", "26.1.5", "1.45", "linux", "amd64");
    }

    @Override
    public synchronized List<Container> containers(String project) {
        return List.copyOf(containers.values());
    }

    @Override
    public synchronized Optional<Container> container(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    @Override
    public LogReader logs(String containerId, LogRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ImageFacts> image(String nameOrId) {
        return Optional.empty();
    }

    @Override
    public Closeable events(String project, Consumer<ContainerEvent> consumer) {
        return () -> {};
    }

    @Override
    public void upload(String containerId, String directory, String fileName, byte[] content, int mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<FileUpload> upload(String containerId, String directory, String fileName, long size) {
        return Optional.empty();
    }

    /** Puts a file into every container. */
    synchronized void file(String path, String content) {
        files.put(path, content);
    }

    @Override
    public synchronized InputStream download(String containerId, String path) {
        String content = files.get(path);
        if (content == null) {
            throw new DevshellException.Failed("NO-FILE", "no file", path, "");
        }
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] tar = new byte[512 + 512 * (1 + bytes.length / 512)];
        put(tar, 0, "file");
        put(tar, 100, "0000644");
        put(tar, 124, String.format("%011o", bytes.length));
        put(tar, 156, "0");
        System.arraycopy(bytes, 0, tar, 512, bytes.length);
        return new ByteArrayInputStream(tar);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Override
    public List<FileChange> diff(String containerId) {
        return List.of();
    }

    @Override
    public ExecStream exec(String containerId, ExecSpec spec, Consumer<String> stderr) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
