package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.compose.WatchRule;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does to a project's services what a change of their files asks for. */
final class ReactingLife implements Life {
    private static final Logger LOG = LoggerFactory.getLogger(ReactingLife.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String project;
    private final Engine engine;
    private final Sync sync;
    private final ProjectLife life;
    private final StaleImages images;

    ReactingLife(String project, Engine engine, Sync sync, ProjectLife life, StaleImages images) {
        this.project = project;
        this.engine = engine;
        this.sync = sync;
        this.life = life;
        this.images = images;
    }

    @Override
    public void flush() {
        sync.flush(PATIENCE);
    }

    @Override
    public boolean isStale(String service) {
        return images.isStale(service);
    }

    @Override
    public void rebuild(String service) {
        life.rebuild(List.of(service), LOG::info);
    }

    @Override
    public void restart(String service) {
        life.restart(List.of(service), LOG::info);
    }

    @Override
    public void exec(String service, WatchRule rule) {
        WatchRule.Exec exec = rule.exec();
        ExecSpec spec = new ExecSpec(
                exec.command(),
                exec.user(),
                exec.env(),
                Optional.of(exec.workingDir()).filter(dir -> !dir.isEmpty()));
        engine.containers(project).stream()
                .filter(container -> container.running()
                        && !container.oneOff()
                        && container.service().equals(service))
                .forEach(container -> exec(container, spec));
    }

    private void exec(Container container, ExecSpec spec) {
        try (ExecStream stream =
                engine.exec(container.id(), spec, line -> LOG.info("{}: {}", container.name(), line))) {
            stream.endInput();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (stream.read(buffer) >= 0) {
                // What it prints is nobody's data.
                buffer.clear();
            }
            int code = stream.exitCode().orElse(0);
            if (code != 0) {
                throw new DevshellException.Failed(
                        "EXEC-FAILED",
                        "it ended with " + code + " in " + container.name(),
                        "",
                        "try it: devshell exec " + container.service() + " " + String.join(" ", spec.command()));
            }
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "EXEC-FAILED",
                    "it could not be followed in " + container.name(),
                    String.valueOf(e.getMessage()),
                    "",
                    e);
        }
    }
}
