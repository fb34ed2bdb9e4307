package dev.devshell.repl;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Checks what devshell stands on. */
@Command(name = "doctor", description = "Check what devshell stands on, with remedies.")
final class DoctorCommand extends Rooted {
    @Override
    public Integer call() {
        List<Check> checks = new Doctor(root().launch().env()).examine();
        root().output().checks(checks);
        return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.FAIL)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }
}
