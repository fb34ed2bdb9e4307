package dev.devshell.page;

/** All that is told to browsers without being asked. */
record Feeds(Audience audience, StateFeed state, ActivityFeed activity, LogFeed logs, TaskFeed tasks, TestFeed tests)
        implements AutoCloseable {
    static Feeds of(PageProject project) {
        Audience audience = new Audience();
        return new Feeds(
                audience,
                new StateFeed(project.session(), audience),
                new ActivityFeed(project.session(), audience),
                new LogFeed(project.logs(), audience),
                new TaskFeed(audience),
                new TestFeed(project.tests(), audience));
    }

    /** Tells a new listener all that the others know. */
    void greet(Listener listener) {
        activity.greet(listener);
        logs.greet(listener);
        tasks.greet(listener);
        tests.greet(listener);
        state.greet(listener);
    }

    @Override
    public void close() {
        state.close();
        activity.close();
        logs.close();
        tasks.close();
        tests.close();
        audience.close();
    }
}
