package dev.devshell.repl;

import dev.devshell.DevshellException;
import dev.devshell.compose.RunOptions;
import dev.devshell.engine.Container;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.watch.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command in a running container that can be ended.
 *
 * <p>The engine has no way to end what it has started in a container, and goes on with it when nobody listens any more. So the
 * command carries a mark in its environment, which everything that it starts inherits, and whoever carries it is sent a signal.
 */
final class ContainerRun implements Run {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerRun.class);
    private static final String MARK = "DEVSHELL_WATCH";

    /** Asks first, and insists after two seconds. Reads environments, which the same user may. */
    private static final String END = """
            marked() { for p in /proc/[0-9]*; do grep -qs "$1" "$p/environ" && echo "${p#/proc/}"; done; }
            all=$(marked "$1"); [ -n "$all" ] || exit 0
            kill -TERM $all 2>/dev/null
            n=0
            while [ $n -lt 20 ] && [ -n "$(marked "$1")" ]; do sleep 0.1; n=$((n + 1)); done
            all=$(marked "$1"); [ -z "$all" ] || kill -KILL $all 2>/dev/null
            exit 0
            """;

    private final Workspace workspace;
    private final Console console;
    private final String service;
    private final List<String> command;
    private final RunOptions options;
    private volatile String mark = "";
    private boolean saidThatItCannot;

    ContainerRun(Workspace workspace, Console console, String service, List<String> command, RunOptions options) {
        this.workspace = workspace;
        this.console = console;
        this.service = service;
        this.command = List.copyOf(command);
        this.options = options;
    }

    @Override
    public int run() {
        Services.running(workspace, service);
        String own = UUID.randomUUID().toString();
        List<String> env = new ArrayList<>(options.env());
        env.add(MARK + "=" + own);
        mark = own;
        try {
            return workspace
                    .compose()
                    .exec(
                            service,
                            command,
                            new RunOptions(
                                    options.noTerminal(), options.user(), options.workingDir(), env, options.index()));
        } finally {
            mark = "";
        }
    }

    @Override
    public void cancel() {
        String running = mark;
        if (running.isEmpty()) {
            return;
        }
        // The thread that leaves may have been interrupted already, and a socket does not survive that.
        boolean interrupted = Thread.interrupted();
        try {
            for (Container container : containers()) {
                end(container, running);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Container> containers() {
        return workspace.engine().containers(workspace.config().name()).stream()
                .filter(container -> container.running()
                        && !container.oneOff()
                        && container.service().equals(service)
                        && options.index()
                                .map(index -> index == container.number())
                                .orElse(true))
                .toList();
    }

    private void end(Container container, String running) {
        ExecSpec spec = new ExecSpec(
                List.of("sh", "-c", END, "devshell", running), options.user().orElse(""), Map.of(), Optional.of("/"));
        try (ExecStream stream = workspace.engine().exec(container.id(), spec, line -> LOG.debug("{}", line))) {
            stream.endInput();
            ByteBuffer buffer = ByteBuffer.allocate(1024);
            while (stream.read(buffer) >= 0) {
                buffer.clear();
            }
            if (stream.exitCode().orElse(0) != 0) {
                cannot("the container has no shell that could");
            }
        } catch (IOException e) {
            cannot(String.valueOf(e.getMessage()));
        } catch (DevshellException e) {
            cannot(e.what());
        }
    }

    private synchronized void cannot(String why) {
        if (!saidThatItCannot) {
            saidThatItCannot = true;
            console.say("devshell: cannot end the command in '" + service + "', so its end is awaited: " + why);
        }
        pause();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
