package dev.devshell.compose;

import dev.devshell.DevshellException;
import dev.devshell.DevshellException.EngineUnreachable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The docker program, with the options that lead it to one project. */
final class ComposeCli {
    private static final Logger LOG = LoggerFactory.getLogger(ComposeCli.class);

    private final ComposeOptions options;

    ComposeCli(ComposeOptions options) {
        this.options = options;
    }

    ComposeOptions options() {
        return options;
    }

    /** Runs one of Compose's commands and returns how it ended. */
    Child.Outcome compose(List<String> arguments) {
        return run(composeCommand(true, arguments), Child::capture);
    }

    /** Runs one of Compose's commands whose two streams are progress, and keeps the end of them as {@code stderr}. */
    Child.Outcome progress(List<String> arguments, ProgressListener listener) {
        Tail tail = new Tail(400, listener::line);
        int exitCode = run(composeCommand(true, arguments), child -> child.follow(tail, tail));
        return new Child.Outcome(exitCode, "", tail.text());
    }

    /** Runs one of Compose's commands on the terminal. */
    int terminal(List<String> arguments) {
        return run(composeCommand(false, arguments), Child::inherit);
    }

    /** Runs one of Compose's commands and passes on what it prints. */
    Child.Outcome follow(List<String> arguments, java.util.function.Consumer<String> stdout) {
        Tail tail = new Tail(100, line -> {});
        int exitCode = run(composeCommand(true, arguments), child -> child.follow(stdout, tail));
        return new Child.Outcome(exitCode, "", tail.text());
    }

    /** Runs one of docker's own commands. */
    Child.Outcome docker(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return run(command, Child::capture);
    }

    private List<String> composeCommand(boolean plain, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        if (plain) {
            command.addAll(List.of("--ansi", "never", "--progress", "plain"));
        }
        options.files().forEach(file -> command.addAll(List.of("--file", file.toString())));
        options.projectName().ifPresent(name -> command.addAll(List.of("--project-name", name)));
        options.projectDirectory().ifPresent(dir -> command.addAll(List.of("--project-directory", dir.toString())));
        options.profiles().forEach(profile -> command.addAll(List.of("--profile", profile)));
        options.envFiles().forEach(file -> command.addAll(List.of("--env-file", file.toString())));
        command.addAll(arguments);
        return command;
    }

    private interface Run<T> {
        T of(Child child) throws IOException;
    }

    private <T> T run(List<String> command, Run<T> run) {
        // Arguments of `run -e` and `exec -e` may hold secrets.
        LOG.debug("running {} with {} arguments", command.get(0), command.size() - 1);
        try {
            return run.of(new Child(command, options.workingDirectory(), options.environment()));
        } catch (IOException e) {
            throw missing(command.get(0), e);
        }
    }

    private static DevshellException missing(String program, IOException cause) {
        return new EngineUnreachable(
                "COMPOSE-MISSING",
                "the program " + program + " cannot be started",
                String.valueOf(cause.getMessage()),
                "install Docker with Compose 2.24 or later (`scripts/engine` does on Debian and Ubuntu), or put it on the PATH",
                cause);
    }

    /** Returns what a command printed, or throws what {@code error} makes of its failure. */
    String output(List<String> arguments, Function<Child.Outcome, DevshellException> error) {
        Child.Outcome outcome = compose(arguments);
        if (!outcome.ok()) {
            throw error.apply(outcome);
        }
        return outcome.stdout();
    }
}
