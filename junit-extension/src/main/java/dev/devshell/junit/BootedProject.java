package dev.devshell.junit;

import dev.devshell.DevSession;
import java.util.Set;

/**
 * A project that is booted without the extension, for what has a life cycle of its own; nothing is put before tests.
 *
 * <p>What is edited through its services is put back when it is closed. Every method may be called from any thread.
 */
public final class BootedProject implements AutoCloseable {
    private final Boot boot;
    private final Running running;
    private final Settings settings;
    private final Scope scope = new Scope();

    private BootedProject(Boot boot, Running running, Settings settings) {
        this.boot = boot;
        this.running = running;
        this.settings = settings;
    }

    static BootedProject of(Settings settings, Door door) {
        Boot boot = new Boot(settings.key(), door);
        try {
            return new BootedProject(boot, boot.require(settings), settings);
        } catch (RuntimeException e) {
            try {
                boot.close();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Returns its session; closing or ending that is not for whoever got it here. */
    public DevSession session() {
        return running.session();
    }

    /**
     * Returns a service's handle.
     *
     * @throws dev.devshell.DevshellException.Usage {@code UNKNOWN-SERVICE}
     */
    public DevService service(String name) {
        running.project().withDependencies(Set.of(name));
        return running.service(name, settings, scope);
    }

    /** Takes down what was started here and nothing else. */
    @Override
    public void close() {
        try {
            scope.close();
        } finally {
            boot.close();
        }
    }
}
