package dev.devshell.bench;

import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.session.EngineAgent;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.ProjectSync;
import dev.devshell.sync.Rehearsal;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Syncs one tree with one container's {@code /app}: from a line on the standard input until that ends. */
final class SyncProgram {
    /** Says that it waits for the line. */
    static final String LOADED = "loaded";

    private SyncProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path tree = Path.of(arguments[0]).toRealPath();
        String container = arguments[1];
        try (Engine engine = Engine.connect(System.getenv());
                ProjectSync sync = ProjectSync.open(Path.of(arguments[2]));
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            // A session rehearses while its containers start; here they are up already.
            Rehearsal.begin(Path.of(arguments[2]).resolveSibling("rehearsal")).await();
            System.out.println(LOADED);
            if (input.readLine() == null) {
                return;
            }
            sync.attach("app", 1, container, plan(tree), agent(engine, container))
                    .get(5, TimeUnit.MINUTES);
            while (input.readLine() != null) {
                // Whoever started this says no more, and ends it by closing.
            }
        }
    }

    private static SyncPlan plan(Path tree) {
        Root root = new Root(
                "/app",
                true,
                new HostPath(tree, ""),
                Root.Flow.BOTH,
                List.of(IgnoreRules.EDITORS),
                List.of(),
                "",
                -1,
                "Dockerfile:1 COPY . /app");
        return new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of(IgnoreRules.PROTECTED));
    }

    private static EngineAgent agent(Engine engine, String container) throws IOException {
        String architecture = engine.container(container)
                .map(Container::architecture)
                .orElseThrow(() -> new IOException(container + " is gone"));
        return new EngineAgent(engine, container, container, AgentBinary.of(architecture));
    }
}
