package dev.devshell.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in code what {@link ContainerDev} says, and more: any condition that a service can be waited for. */
public final class ContainerDevBuilder {
    private Path directory = Path.of("");
    private List<String> files = List.of();
    private String project = "";
    private List<String> services = List.of();
    private List<String> profiles = List.of();
    private List<String> envFiles = List.of();
    private final Map<String, String> env = new HashMap<>();
    private final Map<String, WaitFor> waits = new HashMap<>();
    private Mode mode = Mode.AUTO;
    private Duration boot = Settings.BOOT;
    private Duration barrier = Settings.BARRIER;
    private boolean disabledWithoutDocker;

    ContainerDevBuilder() {}

    /** Where Compose is started; the directory of the test run where this is not said. */
    public ContainerDevBuilder directory(Path where) {
        directory = where;
        return this;
    }

    /** The Compose files, relative to the directory; what Compose finds there where this is not said. */
    public ContainerDevBuilder files(String... relative) {
        files = List.of(relative);
        return this;
    }

    /** The project's name; what Compose says where this is not said. */
    public ContainerDevBuilder project(String name) {
        project = name;
        return this;
    }

    /** Those that are needed, with what they depend on; all where this is not said. */
    public ContainerDevBuilder services(String... names) {
        services = List.of(names);
        return this;
    }

    /** The profiles of Compose that are active. */
    public ContainerDevBuilder profiles(String... names) {
        profiles = List.of(names);
        return this;
    }

    /** Files with variables for Compose, relative to the directory. */
    public ContainerDevBuilder envFiles(String... relative) {
        envFiles = List.of(relative);
        return this;
    }

    /** A variable for Compose, on top of the environment's. */
    public ContainerDevBuilder env(String name, String value) {
        env.put(name, value);
        return this;
    }

    /** Which session; {@link Mode#AUTO} where this is not said. */
    public ContainerDevBuilder mode(Mode which) {
        mode = which;
        return this;
    }

    /** When a service is ready, and has settled after an edit; by its health check where this is not said. */
    public ContainerDevBuilder waitFor(String service, WaitFor what) {
        waits.merge(service, what, (first, second) -> WaitFor.all(first, second));
        return this;
    }

    /** How long the project may take to boot; 5 minutes where this is not said. */
    public ContainerDevBuilder bootTimeout(Duration timeout) {
        boot = timeout;
        return this;
    }

    /** How long the barrier before each test may take; 15 s where this is not said. */
    public ContainerDevBuilder barrierTimeout(Duration timeout) {
        barrier = timeout;
        return this;
    }

    /** Disables the tests where there is no container engine, rather than failing them. */
    public ContainerDevBuilder disabledWithoutDocker() {
        disabledWithoutDocker = true;
        return this;
    }

    public ContainerDevExtension build() {
        return new ContainerDevExtension(settings("the registered extension"));
    }

    /**
     * Boots the project, or attaches to it, now and without an extension.
     *
     * @throws dev.devshell.DevshellException as an extension's first class would fail with it
     */
    public BootedProject boot() {
        return BootedProject.of(settings("the project in " + directory), new ComposeDoor());
    }

    private Settings settings(String origin) {
        ProjectKey key = new ProjectKey(directory, files, project, profiles, envFiles, env, mode);
        return new Settings(key, services, waits, boot, barrier, disabledWithoutDocker, origin);
    }
}
