package dev.devshell.session;

import dev.devshell.dockerfile.DockerfilePlan;
import dev.devshell.dockerfile.Mapping;
import dev.devshell.dockerfile.RebuildTrigger;
import dev.devshell.dockerfile.Taken;
import dev.devshell.ignore.Dialect;
import dev.devshell.ignore.IgnoreRule;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Turns what a Dockerfile maps into the sync's roots, in the order that decides who owns a path. */
final class DockerfileRoots {
    private final DockerfilePlan plan;
    private final String dockerfile;
    private final Root.Flow flow;
    private final Function<String, Source> contexts;

    DockerfileRoots(DockerfilePlan plan, String dockerfile, Root.Flow flow, Function<String, Source> contexts) {
        this.plan = plan;
        this.dockerfile = dockerfile;
        this.flow = flow;
        this.contexts = contexts;
    }

    /** Where a context lies, and what of it stays out. */
    record Source(Path directory, ContextRules rules) {}

    /** A root, and the same for people. */
    record Pair(Root root, ServicePlan.Mapping mapping) {}

    /** Returns them so that of two roots over one path the later owns it: the later line, then the longer target. */
    List<Pair> pairs() {
        List<Mapping> all = plan.mappings();
        List<Pair> pairs = new ArrayList<>();
        IntStream.range(0, all.size())
                .boxed()
                .filter(i -> takenFrom(i).stream()
                        .noneMatch(it -> it.covers(all.get(i).target())))
                .sorted(Comparator.<Integer>comparingInt(i -> all.get(i).line())
                        .thenComparingInt(i -> all.get(i).target().length()))
                .forEach(i -> pairs.add(pair(all.get(i), takenFrom(i))));
        return pairs;
    }

    /** Returns what later instructions fill with something that is not the host's. */
    private List<Taken> takenFrom(int mapping) {
        return plan.taken().stream().filter(it -> it.order() > mapping).toList();
    }

    /** Returns the paths that a later instruction fills, where a mapping reaches them. */
    List<ServicePlan.Hole> filled() {
        return plan.taken().stream()
                .filter(it -> IntStream.range(
                                0, Math.min(it.order(), plan.mappings().size()))
                        .anyMatch(i -> reaches(plan.mappings().get(i), it)))
                .map(it -> new ServicePlan.Hole(it.target(), "filled by " + dockerfile + ":" + it.line()))
                .distinct()
                .toList();
    }

    private static boolean reaches(Mapping mapping, Taken taken) {
        return taken.covers(mapping.target())
                || mapping.sourceOf(taken.target()).isPresent();
    }

    private Pair pair(Mapping mapping, List<Taken> taken) {
        Source source = contexts.apply(mapping.context());
        String origin = dockerfile + ":" + mapping.line() + " " + mapping.instruction();
        Root root = new Root(
                mapping.target(),
                mapping.directory(),
                new HostPath(source.directory(), mapping.source()),
                flow,
                ignore(mapping, source, taken),
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

    /** What is taken from one mapping may be another one's, so it is no hole of the whole plan: this root alone lacks it. */
    private static List<IgnoreRules> ignore(Mapping mapping, Source source, List<Taken> taken) {
        List<IgnoreRules> ignore = new ArrayList<>(source.rules().ignore());
        ignore.addAll(mapping.rules());
        List<IgnoreRule> lost = taken.stream()
                .flatMap(it -> mapping.sourceOf(it.target()).stream())
                .map(path -> IgnoreRule.exactly(path))
                .toList();
        if (!lost.isEmpty()) {
            ignore.add(new IgnoreRules(Dialect.DOCKER, lost));
        }
        return ignore;
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

    /** Returns what makes the image stale when it changes, by what of it the sync sees. */
    List<Trigger> triggers() {
        return plan.triggers().stream()
                .map(trigger -> {
                    Source source = contexts.apply(trigger.context());
                    return new Trigger(
                            source.directory(),
                            trigger.source(),
                            trigger.directory(),
                            rules(trigger, source),
                            trigger.staleStep(),
                            dockerfile + ":" + trigger.staleLine());
                })
                .distinct()
                .toList();
    }

    private List<IgnoreRules> rules(RebuildTrigger trigger, Source source) {
        List<IgnoreRules> rules = new ArrayList<>(source.rules().ignore());
        plan.mappings().stream()
                .filter(mapping -> mapping.line() == trigger.line()
                        && mapping.context().equals(trigger.context())
                        && mapping.source().equals(trigger.source()))
                .findFirst()
                .ifPresent(mapping -> rules.addAll(mapping.rules()));
        return rules;
    }
}
