package dev.devshell.testcontainers;

import com.github.dockerjava.api.DockerClient;
import dev.devshell.DevshellException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/** One client for each engine, for as long as the JVM lives; Testcontainers' own would start Ryuk. */
final class Clients {
    private static final Map<URI, DockerClient> BY_ENGINE = new ConcurrentHashMap<>();
    private static final Set<String> SPOKEN = Set.of("unix", "npipe", "tcp", "http");

    private Clients() {}

    static DockerClient of(URI engine) {
        return BY_ENGINE.computeIfAbsent(engine, Clients::connect);
    }

    private static DockerClient connect(URI engine) {
        if (!SPOKEN.contains(String.valueOf(engine.getScheme()))) {
            throw new DevshellException.Usage(
                    "ENGINE-NOT-SPOKEN",
                    "Testcontainers cannot talk to the engine at " + engine,
                    "its client speaks unix, npipe and tcp",
                    "use DevService itself, which can; or run the tests where the engine is");
        }
        return DockerClientProviderStrategy.getClientForConfig(
                TransportConfig.builder().dockerHost(engine).build());
    }
}
