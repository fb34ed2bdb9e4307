package dev.devshell.session;

import dev.devshell.engine.Container;
import java.util.concurrent.CompletableFuture;

/** Keeps containers equal with the host; what the roster needs of the sync. */
interface Replicas {
    /** Begins with a running container; the result completes when it has caught up, with an exception if it never will. */
    CompletableFuture<Void> attach(Container container, ServicePlan plan);

    /** Ends with a container that does not run any more; does nothing for one that is not attached. */
    void detach(String containerId);

    /** Takes a plan that differs for people only. */
    default void renew(Container container, ServicePlan plan) {}

    /** Waits a moment for what is on its way: somebody is about to be attached anew. */
    default void settle() {}
}
