package dev.devshell.sync;

import dev.devshell.sync.host.Ignored;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Path;

/** Lets a tree of the host hold what a plan maps from it, and nothing else. */
record PlanIgnored(SyncPlan plan, Path context) implements Ignored {
    @Override
    public Verdict of(String path, boolean directory) {
        dev.devshell.ignore.Verdict verdict = plan.hostVerdict(new HostPath(context, path), directory);
        if (!verdict.ignored()) {
            return Verdict.INCLUDED;
        }
        return verdict.descend() ? Verdict.DESCEND : Verdict.IGNORED;
    }
}
