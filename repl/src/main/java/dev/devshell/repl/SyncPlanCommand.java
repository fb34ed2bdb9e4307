package dev.devshell.repl;

import dev.devshell.session.ServicePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells what maps where; needs no container and touches nothing. */
@Command(name = "plan", description = "Show what maps where and why, before anything is touched.")
final class SyncPlanCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli
    private SyncCommand parent;

    @Option(names = "--files", description = "Every file that is synced.")
    private boolean files;

    @Parameters(paramLabel = "SERVICE", arity = "0..*", description = "All without one.")
    private List<String> services = new ArrayList<>();

    @Override
    public Integer call() {
        Devshell root = parent.root();
        for (ServicePlan plan : root.workspace().plans(services)) {
            if (files) {
                plan.files(file -> root.output().plannedFile(plan.service(), file));
            } else {
                root.output().plan(plan);
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
