package dev.devshell.repl;

import dev.devshell.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What the commands directly below the root have in common. */
@Command
abstract class Rooted implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli
    private Devshell root;

    final Devshell root() {
        return root;
    }

    final Workspace workspace() {
        return root.workspace();
    }

    final Console console() {
        return root.console();
    }

    final Progress narration() {
        return new Narration(console(), root.debug());
    }
}
