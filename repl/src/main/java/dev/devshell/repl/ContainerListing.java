package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.repl.completion.ContainerPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists directories of running containers with the {@code ls} that is in them; without one there is nothing to choose from. */
final class ContainerListing implements ContainerPaths.Lister {
    private static final int MOST_BYTES = 256 << 10;

    private final LiveServices services;

    ContainerListing(LiveServices services) {
        this.services = services;
    }

    @Override
    public List<String> names(String service, String directory) {
        Optional<Engine> engine = services.engine();
        Optional<String> container = services.latest().stream()
                .filter(one -> one.name().equals(service))
                .flatMap(one -> one.containers().stream())
                .filter(one -> one.condition() == Service.Condition.RUNNING
                        || one.condition() == Service.Condition.HEALTHY
                        || one.condition() == Service.Condition.UNHEALTHY)
                .map(Service.Instance::containerId)
                .findFirst();
        return engine.isEmpty() || container.isEmpty()
                ? List.of()
                : names(engine.get(), container.get(), directory.isEmpty() ? "." : directory);
    }

    private static List<String> names(Engine engine, String container, String directory) {
        ExecSpec spec = new ExecSpec(List.of("ls", "-1Ap", directory), "", Map.of(), Optional.empty());
        try (ExecStream stream = engine.exec(container, spec, line -> {})) {
            String text = read(stream);
            return stream.exitCode().orElse(0) == 0 ? text.lines().toList() : List.of();
        } catch (IOException | DevshellException e) {
            // The container has no ls, or went away meanwhile.
            return List.of();
        }
    }

    private static String read(ExecStream stream) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (all.size() < MOST_BYTES && stream.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
