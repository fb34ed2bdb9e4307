package dev.devshell.bench;

import dev.devshell.Notice;
import dev.devshell.SyncStatus;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Syncs one tree with one container's {@code /app}: from a line on the standard input until that ends. Each further line is a question. */
final class SyncProgram {
    /** Says that it waits for the line. */
    static final String LOADED = "loaded";

    /** Asks to answer when it has caught up for the first time; fails where it never does. */
    static final String CAUGHT_UP = "caught up?";

    /** Asks how the sync stands. */
    static final String STATUS = "status?";

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
            CompletableFuture<Void> caughtUp = sync.attach("app", 1, container, plan(tree), agent(engine, container));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(answer(line, sync, caughtUp));
            }
        }
    }

    private static String answer(String question, ProjectSync sync, CompletableFuture<Void> caughtUp) throws Exception {
        if (question.equals(CAUGHT_UP)) {
            caughtUp.get(30, TimeUnit.MINUTES);
            return "yes";
        }
        SyncStatus status = sync.status();
        SyncStatus.Replica replica = status.replicas().get(0);
        return replica.state() + " waiting " + replica.waiting() + " held "
                + status.notices().stream().map(Notice::what).toList();
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
