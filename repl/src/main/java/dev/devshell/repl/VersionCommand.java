package dev.devshell.repl;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParentCommand;

/** Prints which devshell this is. */
@Command(name = "version", description = "Show the version.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @ParentCommand
    private @Nullable Devshell root;

    @Override
    public Integer call() {
        Objects.requireNonNull(root).output().version(number(), System.getProperty("java.version", ""));
        return CommandLine.ExitCode.OK;
    }

    static String number() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"devshell " + number()};
    }
}
