package dev.devshell.session;

import dev.devshell.compose.WatchRule;
import dev.devshell.ignore.Dialect;
import dev.devshell.ignore.IgnoreRule;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a rule of {@code develop.watch} that copies files into a root. */
final class WatchRoots {
    private final Optional<Path> buildContext;
    private final Root.Flow flow;
    private final ContextLookup contexts;

    WatchRoots(Optional<Path> buildContext, Root.Flow flow, ContextLookup contexts) {
        this.buildContext = buildContext;
        this.flow = flow;
        this.contexts = contexts;
    }

    /** Says what of a directory stays out. */
    @FunctionalInterface
    interface ContextLookup {
        ContextRules of(Path context);
    }

    Optional<Root> of(WatchRule rule) {
        if (!rule.action().syncs() || rule.target().isEmpty()) {
            return Optional.empty();
        }
        boolean directory = !Files.isRegularFile(rule.path());
        HostPath host = host(rule.path(), directory);
        ContextRules rules = contexts.of(host.context());
        List<IgnoreRules> ignore = new ArrayList<>(rules.ignore());
        if (directory) {
            ignore.addAll(own(rule, host.path()));
        }
        return Optional.of(new Root(
                clean(rule.target().get()), directory, host, flow, ignore, rules.quiet(), "", -1, origin(rule)));
    }

    /** A path of the build context is a path of the same tree; any other directory is a tree of its own. */
    private HostPath host(Path path, boolean directory) {
        if (buildContext.isPresent() && path.startsWith(buildContext.get())) {
            return new HostPath(
                    buildContext.get(), buildContext.get().relativize(path).toString());
        }
        Path parent = path.getParent();
        return directory || parent == null
                ? new HostPath(path, "")
                : new HostPath(parent, parent.relativize(path).toString());
    }

    /** Returns what a rule leaves out by itself, on paths relative to what {@code base} is relative to. */
    static List<IgnoreRules> own(WatchRule rule, String base) {
        List<IgnoreRules> sets = new ArrayList<>();
        if (!rule.ignore().isEmpty()) {
            sets.add(IgnoreRules.dockerPatterns(rule.ignore()).under(base));
        }
        if (!rule.include().isEmpty()) {
            List<IgnoreRule> rules = new ArrayList<>(List.of(new IgnoreRule("**", false, false)));
            for (IgnoreRule include : IgnoreRules.dockerPatterns(rule.include()).rules()) {
                rules.add(new IgnoreRule(include.glob(), !include.negated(), false));
            }
            sets.add(new IgnoreRules(Dialect.DOCKER, rules).under(base));
        }
        return sets;
    }

    static String origin(WatchRule rule) {
        return "develop.watch " + rule.action().word() + " " + rule.path().getFileName();
    }

    private static String clean(String target) {
        String clean = Path.of("/").resolve(target).normalize().toString();
        return clean.length() > 1 && clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
    }
}
