package dev.devshell.bench;

import java.util.List;
import java.util.Map;

/** {@code docker compose watch} with one rule of the action {@code sync}. */
record ComposeWatch() implements Program {
    @Override
    public String title() {
        return "compose watch";
    }

    @Override
    public boolean goesBack() {
        return false;
    }

    @Override
    public boolean syncsFirst() {
        return false;
    }

    @Override
    public Running prepare(Site site) {
        return new Spawned(site, Map.of(), List.of("docker", "compose", "watch", "--no-up"));
    }
}
