package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.Service;
import dev.devshell.compose.ComposeProject;
import dev.devshell.engine.Engine;
import dev.devshell.session.ServiceReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of a project as they were when something happened to one last, so that whoever wants to know need not wait for the engine.
 */
final class LiveServices implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveServices.class);

    private final ComposeProject project;
    /** That something happened; one is as good as many. */
    private final BlockingQueue<Boolean> happened = new LinkedBlockingQueue<>(1);

    private final Thread thread;
    private volatile List<Service> latest = List.of();
    private volatile @Nullable Engine engine;

    /**
     * @param connect opens a connection of its own; from another thread
     */
    LiveServices(ComposeProject project, Supplier<Engine> connect) {
        this.project = project;
        this.thread = new Thread(() -> follow(connect), "devshell-services");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Returns them as they were last seen; none before they were seen for the first time. */
    List<Service> latest() {
        return latest;
    }

    /** Returns the engine, once it has been reached. */
    Optional<Engine> engine() {
        return Optional.ofNullable(engine);
    }

    @SuppressWarnings("try") // the events come by themselves
    private void follow(Supplier<Engine> connect) {
        try (Engine reached = connect.get();
                Closeable ignored = reached.events(project.name(), event -> happened.offer(true))) {
            engine = reached;
            ServiceReader reader = new ServiceReader(project, reached.info());
            while (true) {
                happened.take();
                read(reader, reached);
            }
        } catch (InterruptedException e) {
            // close() asks for it.
            Thread.currentThread().interrupt();
        } catch (DevshellException e) {
            LOG.debug("the services cannot be followed: {}", e.what());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            engine = null;
        }
    }

    private void read(ServiceReader reader, Engine reached) {
        try {
            latest = reader.read(reached.containers(project.name()));
        } catch (DevshellException.EngineUnreachable e) {
            // The stream of events says when the engine is back.
            LOG.debug("the services cannot be read: {}", e.what());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
