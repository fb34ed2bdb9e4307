package dev.devshell.junit;

import dev.devshell.DevSession;

/** A project that tests run against, and what they share of it. */
final class Running implements AutoCloseable {
    private final OpenProject project;
    private final DevSession session;
    private final HostEdits edits = new HostEdits();
    private final Barrier barrier;

    Running(OpenProject project) {
        this.project = project;
        this.session = new SharedSession(project.session());
        this.barrier = new Barrier(this);
    }

    OpenProject project() {
        return project;
    }

    /** Returns the session as tests may have it. */
    DevSession session() {
        return session;
    }

    HostEdits edits() {
        return edits;
    }

    Barrier barrier() {
        return barrier;
    }

    /**
     * Returns a service's handle.
     *
     * @param scope puts back what is edited through it
     */
    DevService service(String name, Settings settings, Scope scope) {
        return new LiveService(this, name, settings, scope);
    }

    @Override
    public void close() {
        try {
            edits.close();
        } finally {
            project.close();
        }
    }
}
