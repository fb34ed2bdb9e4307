package dev.devshell.junit;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The projects that were booted in a launcher session, taken down at its end; at the end of the JVM, where that comes first.
 */
final class Boots implements CloseableResource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Boots.class);

    private final Door door;
    private final Map<ProjectKey, Boot> boots = new LinkedHashMap<>();
    private final Map<Map<String, String>, Optional<String>> engines = new LinkedHashMap<>();
    private final Thread lastResort = new Thread(this::closeAtLast, "devshell-tests-shutdown");
    private boolean closed;

    Boots(Door door) {
        this.door = door;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Returns the project, booted for what {@code settings} ask for. */
    Running require(Settings settings) {
        return boot(settings.key()).require(settings);
    }

    private synchronized Boot boot(ProjectKey key) {
        return boots.computeIfAbsent(key, given -> new Boot(given, door));
    }

    /** Returns why there is no engine, or nothing where there is one; asked once. */
    synchronized Optional<String> missingEngine(ProjectKey key) {
        Map<String, String> env = key.options().environment();
        return engines.computeIfAbsent(env, Boots::ask);
    }

    private static Optional<String> ask(Map<String, String> env) {
        try (Engine engine = Engine.connect(env)) {
            LOG.debug("there is an engine: {}", engine.info());
            return Optional.empty();
        } catch (DevshellException.EngineUnreachable e) {
            return Optional.of(e.what() + ": " + e.why());
        }
    }

    /** Takes down all of them, whatever happens with one. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            LOG.debug("the JVM is ending already");
        }
        closeAll();
    }

    private synchronized void closeAll() {
        if (closed) {
            return;
        }
        closed = true;
        List<Boot> last = new ArrayList<>(boots.values());
        RuntimeException first = null;
        for (int i = last.size() - 1; i >= 0; i--) {
            try {
                last.get(i).close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void closeAtLast() {
        try {
            closeAll();
        } catch (RuntimeException e) {
            LOG.error("not everything could be taken down", e);
        }
    }
}
