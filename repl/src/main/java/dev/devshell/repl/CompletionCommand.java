package dev.devshell.repl;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints the script that completes devshell's command line in a shell. */
@Command(
        name = "completion",
        description = "Print a completion script for bash, zsh or fish.",
        footer = {
            "",
            "bash, zsh:  source <(devshell completion bash)",
            "fish:       devshell completion fish > ~/.config/fish/completions/devshell.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli
    private Devshell root;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // required
    private Kind shell;

    /** The shells that can be completed. */
    enum Kind {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public Integer call() {
        CommandLine line = Main.commandLine(new Devshell(root.launch()));
        String script = switch (shell) {
            // The script of picocli switches zsh to bash's completion by itself.
            case BASH, ZSH -> AutoComplete.bash("devshell", line);
            case FISH -> FishCompletion.of(line);
        };
        root.console().out().print(script);
        return CommandLine.ExitCode.OK;
    }
}
