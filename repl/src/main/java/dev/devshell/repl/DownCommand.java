package dev.devshell.repl;

import dev.devshell.DevSession;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the project's containers, and ends its session first. */
@Command(name = "down", description = "Remove containers and networks; ends the background process too.")
final class DownCommand extends Rooted {
    @Option(
            names = {"-v", "--volumes"},
            description = "Remove the volumes as well: what they hold is lost.")
    private boolean volumes;

    @Override
    public Integer call() {
        if (volumes
                && !console()
                        .confirm(
                                "Remove the volumes of " + workspace().config().name() + " with all they hold?",
                                root().yes())) {
            console().say("nothing was removed");
            return CommandLine.ExitCode.SOFTWARE;
        }
        Optional<DevSession> session = workspace().session();
        if (session.isPresent()) {
            session.get().end();
        }
        workspace().compose().down(volumes, narration()::tell);
        return CommandLine.ExitCode.OK;
    }
}
