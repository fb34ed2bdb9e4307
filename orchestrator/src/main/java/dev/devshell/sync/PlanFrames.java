package dev.devshell.sync;

import dev.devshell.ignore.Dialect;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import dev.devshell.sync.wire.HostMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts a plan into the words of the protocol. */
final class PlanFrames {
    private static final int CHARACTERS_PER_FRAME = 250_000;

    private PlanFrames() {}

    /** Returns the messages that carry the plan, the plan itself last. */
    static List<HostMessage> of(SyncPlan plan, Collection<String> kept) {
        List<HostMessage> frames = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int characters = 0;
        for (String path : kept) {
            chunk.add(path);
            characters += path.length() + 2;
            if (characters > CHARACTERS_PER_FRAME) {
                frames.add(new HostMessage.Keep(chunk));
                chunk.clear();
                characters = 0;
            }
        }
        List<IgnoreRules> sets = plan.roots().stream()
                .flatMap(root -> java.util.stream.Stream.concat(root.ignore().stream(), root.quiet().stream()))
                .distinct()
                .toList();
        frames.add(new HostMessage.Plan(
                sets.stream().map(PlanFrames::ruleSet).toList(),
                plan.roots().stream().map(root -> root(root, sets)).toList(),
                plan.holes(),
                chunk));
        return frames;
    }

    private static HostMessage.RuleSet ruleSet(IgnoreRules rules) {
        HostMessage.Dialect dialect =
                rules.dialect() == Dialect.DOCKER ? HostMessage.Dialect.DOCKER : HostMessage.Dialect.GIT;
        return new HostMessage.RuleSet(
                dialect,
                rules.rules().stream()
                        .map(rule -> new HostMessage.Rule(rule.glob(), rule.negated(), rule.directoryOnly()))
                        .toList());
    }

    private static HostMessage.Root root(Root root, List<IgnoreRules> sets) {
        return new HostMessage.Root(
                root.container(),
                root.directory() ? HostMessage.RootKind.DIRECTORY : HostMessage.RootKind.FILE,
                root.host().path(),
                root.ignore().stream().map(sets::indexOf).toList(),
                root.quiet().stream().map(sets::indexOf).toList(),
                root.owner(),
                root.mode());
    }
}
