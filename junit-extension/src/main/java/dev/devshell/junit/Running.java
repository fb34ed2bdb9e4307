package dev.devshell.junit;

import dev.devshell.DevSession;

/** A project that tests run against, and what they share of it. */
final class Running implements AutoCloseable {
    private final OpenProject project;
    private final DevSession session;
    private final HostEdits edits = new HostEdits();
    private final Barrier barrier;
    private final Chronicle chronicle;

    Running(OpenProject project) {
        this.project = project;
        this.session = new SharedSession(project.session());
        this.barrier = new Barrier(this);
        this.chronicle = new Chronicle(project);
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

    Chronicle chronicle() {
        return chronicle;
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
            chronicle.close();
            edits.close();
        } finally {
            project.close();
        }
    }
}
