package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.Rehearsal;
import dev.devshell.sync.plan.SyncPlan;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attaches containers of an engine to a project's sync. */
final class SyncedReplicas implements Replicas {
    private static final Logger LOG = LoggerFactory.getLogger(SyncedReplicas.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Engine engine;
    private final ProjectSync sync;
    private final StaleImages images;
    private final Rehearsal rehearsal;

    SyncedReplicas(Engine engine, ProjectSync sync, StaleImages images, Rehearsal rehearsal) {
        this.engine = engine;
        this.sync = sync;
        this.images = images;
        this.rehearsal = rehearsal;
    }

    @Override
    public CompletableFuture<Void> attach(Container container, ServicePlan service) {
        SyncPlan plan = service.sync();
        rehearsal.close();
        images.attaching(container, service);
        if (container.readOnlyRoot()) {
            // What is mounted can be written, but is not the sync's business.
            boolean mounted = plan.roots().stream().allMatch(root -> plan.inHole(root.container()));
            return mounted
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(readOnly(container));
        }
        AgentBinary binary = AgentBinary.of(container.architecture());
        EngineAgent agent = new EngineAgent(engine, container.id(), container.name(), binary);
        return sync.attach(container.service(), container.number(), container.id(), plan, agent);
    }

    private static DevshellException readOnly(Container container) {
        return new DevshellException.Failed(
                "CONTAINER-READ-ONLY",
                "the code of '" + container.service() + "' cannot be kept in sync",
                "its container's root cannot be written (read_only: true), so its code stays as the image was built;"
                        + " the other services are in sync",
                "set read_only: false for it in compose.override.yaml while you develop; or, to leave it as it is built,"
                        + " x-devshell: {sync: off}");
    }

    @Override
    public void renew(Container container, ServicePlan plan) {
        images.attaching(container, plan);
    }

    @Override
    public void settle() {
        try {
            sync.flush(PATIENCE);
        } catch (DevshellException.Failed e) {
            LOG.info("not everything had arrived before the plan changed: {}", e.why());
        }
    }

    @Override
    public void detach(String containerId) {
        sync.detach(containerId);
    }
}
