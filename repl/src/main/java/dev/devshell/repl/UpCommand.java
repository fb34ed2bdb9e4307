package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.compose.UpOptions.Build;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Boots the project with its code in sync. */
@Command(name = "up", description = "Boot, sync, follow the logs; with -d in the background.")
final class UpCommand extends Rooted {
    @Option(
            names = {"-d", "--detach"},
            description = "Return when all is ready; a background process holds the sync.")
    private boolean detach;

    @Option(names = "--no-sync", description = "Boot only.")
    private boolean noSync;

    @Option(names = "--no-build", description = "Take the images as they are.")
    private boolean noBuild;

    @Option(names = "--force-recreate", description = "Make containers anew though nothing of theirs changed.")
    private boolean recreate;

    @Option(names = "--scale", paramLabel = "SERVICE=N", description = "So many replicas of a service.")
    private Map<String, Integer> scale = new LinkedHashMap<>();

    @Option(
            names = "--wait-timeout",
            paramLabel = "S",
            defaultValue = "300",
            converter = Durations.class,
            description = "How long services may take to become healthy (default: ${DEFAULT-VALUE} s).")
    private Duration timeout = UpOptions.DEFAULT_TIMEOUT;

    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "With what they depend on; all without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        services.forEach(workspace().config()::require);
        if (noSync) {
            workspace().compose().up(workspace().config(), withoutSync(), narration()::tell);
            return follow();
        }
        UpOptions options = new UpOptions(services, !noBuild, recreate, scale, timeout);
        Optional<DevSession> running = workspace().session();
        if (running.isPresent()) {
            console().say(Shell.attached(running.get()));
            // It may know fewer profiles than this command line; names say it all.
            List<String> named = services.isEmpty()
                    ? List.copyOf(workspace().config().services().keySet())
                    : services;
            running.get().up(new UpOptions(named, !noBuild, recreate, scale, timeout), narration());
            if (!detach && !root().inShell()) {
                NoticeFollower.start(running.get(), root());
            }
            return follow();
        }
        if (root().inShell()) {
            workspace().begin().up(options, narration());
            return CommandLine.ExitCode.OK;
        }
        return detach ? inBackground(options) : new Foreground(root(), services).up(options);
    }

    private dev.devshell.compose.UpOptions withoutSync() {
        return new dev.devshell.compose.UpOptions(
                services, noBuild ? Build.MISSING : Build.ALWAYS, recreate, false, scale, true, Optional.of(timeout));
    }

    private int inBackground(UpOptions options) {
        DevSession session = workspace().beginInBackground(root().debug());
        session.up(options, narration());
        console().say(session.project() + " is up and in sync; 'devshell down' removes it");
        return CommandLine.ExitCode.OK;
    }

    private int follow() {
        if (!detach && !root().inShell()) {
            LogFollower.of(root(), services).followOnly(LogFollower.fromNow(services));
        }
        return CommandLine.ExitCode.OK;
    }
}
