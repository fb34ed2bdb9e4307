package dev.devshell.testcontainers;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.junit.BootedProject;
import dev.devshell.junit.ContainerDevBuilder;
import dev.devshell.junit.DevService;
import org.jspecify.annotations.Nullable;
import org.testcontainers.lifecycle.Startable;

/**
 * A project as something that Testcontainers starts and stops: a {@code @Container} field, or a dependency of another container.
 *
 * <pre>{@code
 * @Testcontainers
 * class ShopTests {
 *     @Container
 *     static final StartableProject SHOP =
 *             new StartableProject(ContainerDevExtension.builder().directory(Path.of("shop")).services("web"));
 * }
 * }</pre>
 *
 * <p>It attaches to the live session where there is one, and stopping it then leaves that as it was. No barrier stands before tests:
 * {@link DevService#awaitSynced()} is theirs to call.
 */
public final class StartableProject implements Startable {
    private final ContainerDevBuilder builder;
    private @Nullable BootedProject booted;

    public StartableProject(ContainerDevBuilder builder) {
        this.builder = builder;
    }

    /** Boots it or attaches to it; nothing where that is done already. */
    @Override
    public synchronized void start() {
        if (booted == null) {
            booted = builder.boot();
        }
    }

    /** Takes down what was started here and nothing else. */
    @Override
    public synchronized void stop() {
        BootedProject last = booted;
        booted = null;
        if (last != null) {
            last.close();
        }
    }

    /** Returns its session. */
    public DevSession session() {
        return started().session();
    }

    /** Returns a service's handle. */
    public DevService service(String name) {
        return started().service(name);
    }

    /** Returns a service as Testcontainers sees it. */
    public ServiceTarget target(String name) {
        return ServiceTarget.of(service(name));
    }

    private synchronized BootedProject started() {
        if (booted == null) {
            throw new DevshellException.Usage(
                    "NOT-STARTED",
                    "the project is not started",
                    "start() has not been called, or stop() has",
                    "annotate the class with @Testcontainers and the field with @Container, or call start()");
        }
        return booted;
    }
}
