package dev.devshell.session;

import dev.devshell.dockerfile.DockerfilePlan;
import dev.devshell.dockerfile.Mapping;
import dev.devshell.dockerfile.RebuildTrigger;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Turns what a Dockerfile maps into the sync's roots, in the order that decides who owns a path. */
final class DockerfileRoots {
    private final DockerfilePlan plan;
    private final String dockerfile;
    private final Root.Flow flow;

    DockerfileRoots(DockerfilePlan plan, String dockerfile, Root.Flow flow) {
        this.plan = plan;
        this.dockerfile = dockerfile;
        this.flow = flow;
    }

    /** Where a context lies, and what of it stays out. */
    record Source(Path directory, ContextRules rules) {}

    /** A root, and the same for people. */
    record Pair(Root root, ServicePlan.Mapping mapping) {}

    /** Returns them so that of two roots over one path the later owns it: the later line, then the longer target. */
    List<Pair> pairs(Function<String, Source> contexts) {
        List<Pair> pairs = new ArrayList<>();
        plan.mappings().stream()
                .sorted(Comparator.comparingInt(Mapping::line)
                        .thenComparing(mapping -> mapping.target().length()))
                .forEach(mapping -> pairs.add(pair(mapping, contexts.apply(mapping.context()))));
        return pairs;
    }

    private Pair pair(Mapping mapping, Source source) {
        List<IgnoreRules> ignore = new ArrayList<>(source.rules().ignore());
        ignore.addAll(mapping.rules());
        String origin = dockerfile + ":" + mapping.line() + " " + mapping.instruction();
        Root root = new Root(
                mapping.target(),
                mapping.directory(),
                new HostPath(source.directory(), mapping.source()),
                flow,
                ignore,
                source.rules().quiet(),
                Objects.requireNonNullElse(mapping.chown(), ""),
                mode(mapping),
                origin);
        return new Pair(
                root,
                new ServicePlan.Mapping(
                        mapping.line(),
                        origin,
                        mapping.stage(),
                        mapping.source(),
                        mapping.target(),
                        mapping.directory(),
                        rebuilds(mapping)));
    }

    /** A symbolic mode changes the host's, which the sync does not work out: the host's it is. */
    private static int mode(Mapping mapping) {
        String chmod = mapping.chmod();
        return chmod != null && chmod.matches("[0-7]{3,5}") ? Integer.parseInt(chmod, 8) : -1;
    }

    private String rebuilds(Mapping mapping) {
        return plan.triggers().stream()
                .filter(trigger -> trigger.line() == mapping.line()
                        && trigger.context().equals(mapping.context())
                        && trigger.source().equals(mapping.source()))
                .map(RebuildTrigger::staleStep)
                .findFirst()
                .orElse("");
    }
}
