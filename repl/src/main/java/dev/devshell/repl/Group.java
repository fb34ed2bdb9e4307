package dev.devshell.repl;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others. */
abstract class Group implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine self = spec.commandLine();
        throw new ParameterException(
                self,
                "'" + spec.qualifiedName(" ") + "' needs one of: "
                        + String.join(", ", self.getSubcommands().keySet()));
    }
}
