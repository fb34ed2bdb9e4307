package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.ComposeService;
import dev.devshell.compose.SyncSettings;
import dev.devshell.compose.WatchRule;
import dev.devshell.dockerfile.BuildContext;
import dev.devshell.dockerfile.BuildRequest;
import dev.devshell.dockerfile.DirectoryTree;
import dev.devshell.dockerfile.DockerfilePlan;
import dev.devshell.dockerfile.DockerfilePlanner;
import dev.devshell.dockerfile.ImageDirectories;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.session.ServicePlan.LeftOut;
import dev.devshell.session.ServicePlan.Mapping;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Puts together what maps where for one service: its Dockerfile, its {@code develop.watch}, its mounts, its ignore files. */
final class PlanBuilder {
    private final Supplier<Engine> engine;
    private final ComposeProject project;
    private final ComposeService service;
    private final SyncSettings settings;
    private final Map<Path, ContextRules> contexts = new HashMap<>();
    private final List<Root> roots = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<ServicePlan.Hole> filled = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    PlanBuilder(Supplier<Engine> engine, ComposeProject project, ComposeService service) {
        this.engine = engine;
        this.project = project;
        this.service = service;
        this.settings = project.syncOf(service);
    }

    /**
     * Builds the plan.
     *
     * @param container whose mounts count too, once there is one
     */
    ServicePlan build(Optional<Container> container) {
        if (mode() == SyncSettings.Mode.OFF) {
            notes.add("x-devshell switches its sync off");
        } else {
            service.build().ifPresent(build -> addDockerfile(build, container));
            addWatchRules();
            if (service.readOnly()) {
                notes.add("its container's root cannot be written (read_only: true): nothing is synced");
            }
        }
        HistoryBounds.told(project).ifPresent(notes::add);
        List<ServicePlan.Hole> holes = new Holes(service, container).in(roots);
        SyncPlan sync = new SyncPlan(
                roots,
                holes.stream().map(ServicePlan.Hole::container).toList(),
                Policy.valueOf(
                        settings.policy().orElse(SyncSettings.Policy.HOST).name()),
                List.of(IgnoreRules.PROTECTED, ContextRules.patterns(settings.protect())));
        filled.addAll(holes);
        return new ServicePlan(
                service.name(), dockerfileName(), stage(), mappings, leftOut, filled, triggers, notes, sync);
    }

    private SyncSettings.Mode mode() {
        return settings.mode().orElse(SyncSettings.Mode.BOTH);
    }

    private Root.Flow flow() {
        return mode() == SyncSettings.Mode.TO_CONTAINER ? Root.Flow.TO_CONTAINER : Root.Flow.BOTH;
    }

    private String dockerfileName() {
        return service.build()
                .map(build -> build.dockerfileInline().isPresent() ? "dockerfile_inline" : shownDockerfile(build))
                .orElse("");
    }

    private String shownDockerfile(ComposeService.Build build) {
        return build.dockerfilePath()
                .map(file -> file.startsWith(project.directory())
                        ? project.directory().relativize(file).toString()
                        : file.toString())
                .orElse(build.dockerfile());
    }

    private String stage() {
        return service.build()
                .flatMap(ComposeService.Build::target)
                .orElseGet(() -> mappings.stream().map(Mapping::stage).reduce("", (before, last) -> last));
    }

    private ContextRules rules(Path context) {
        Optional<Path> dockerfile = service.build().flatMap(ComposeService.Build::dockerfilePath);
        return contexts.computeIfAbsent(context, missing -> ContextRules.of(missing, dockerfile, settings));
    }

    private BuildContext context(Path directory) {
        return new BuildContext(new DirectoryTree(directory), rules(directory).docker());
    }

    private void addDockerfile(ComposeService.Build build, Optional<Container> container) {
        Optional<Path> directory = build.contextDirectory();
        if (directory.isEmpty()) {
            notes.add("its build context is not a directory of this machine: " + build.context());
            return;
        }
        Map<String, Path> local = new HashMap<>();
        local.put("", directory.get());
        Set<String> others = new HashSet<>();
        build.additionalContexts().forEach((name, place) -> {
            if (place.startsWith("/")) {
                local.put(name, Path.of(place));
            } else {
                others.add(name);
            }
        });
        EngineImages images = new EngineImages(engine);
        DockerfilePlan plan = DockerfilePlanner.plan(request(build, directory.get(), local, others, container), images);
        images.unknown()
                .forEach(name -> notes.add("the engine does not have the image " + name
                        + ": taken as one without WORKDIR, ENV and ONBUILD"));
        add(plan, local);
    }

    private BuildRequest request(
            ComposeService.Build build,
            Path directory,
            Map<String, Path> local,
            Set<String> others,
            Optional<Container> container) {
        Map<String, BuildContext> named = new HashMap<>();
        local.forEach((name, path) -> {
            if (!name.isEmpty()) {
                named.put(name, context(path));
            }
        });
        String own = "linux/" + engine.get().info().architecture();
        String platform = container
                .map(real -> "linux/" + real.architecture())
                .or(() -> build.platforms().stream().findFirst())
                .orElse(own);
        return new BuildRequest(
                dockerfileName(),
                text(build),
                build.target().orElse(null),
                build.args(),
                platform,
                own,
                context(directory),
                named,
                others,
                ImageDirectories.CUSTOMARY);
    }

    private String text(ComposeService.Build build) {
        return build.dockerfileInline()
                .or(() -> build.dockerfilePath().flatMap(IgnoreFiles::text))
                .orElseThrow(() -> new DevshellException.Failed(
                        "NO-DOCKERFILE",
                        "the Dockerfile of '" + service.name() + "' is not there",
                        "looked for "
                                + build.dockerfilePath().map(Path::toString).orElse(build.dockerfile()),
                        "correct build.dockerfile or build.context of the service"));
    }

    private void add(DockerfilePlan plan, Map<String, Path> local) {
        DockerfileRoots converted = new DockerfileRoots(plan, dockerfileName(), flow(), name -> {
            Path directory = local.getOrDefault(name, Path.of("/"));
            return new DockerfileRoots.Source(directory, rules(directory));
        });
        for (DockerfileRoots.Pair pair : converted.pairs()) {
            roots.add(pair.root());
            mappings.add(pair.mapping());
        }
        filled.addAll(converted.filled());
        triggers.addAll(converted.triggers());
        service.build().flatMap(ComposeService.Build::dockerfilePath).ifPresent(file -> triggers.add(ownFile(file)));
        plan.leftOut()
                .forEach(out -> leftOut.add(
                        new LeftOut(out.line(), out.instruction() + " (" + out.source() + ")", out.reason())));
    }

    private static Trigger ownFile(Path dockerfile) {
        Path file = dockerfile.toAbsolutePath().normalize();
        Path parent = Objects.requireNonNull(file.getParent());
        String name = parent.relativize(file).toString();
        return new Trigger(parent, name, false, List.of(), "the image was built", "");
    }

    private void addWatchRules() {
        WatchRoots converter =
                new WatchRoots(service.build().flatMap(ComposeService.Build::contextDirectory), flow(), this::rules);
        for (WatchRule rule : service.watch()) {
            Optional<Root> root = converter.of(rule);
            if (root.isPresent() && !isMapped(root.get())) {
                add(root.get(), rule);
            }
        }
    }

    private void add(Root root, WatchRule rule) {
        roots.add(root);
        mappings.add(new Mapping(
                0, WatchRoots.origin(rule), "", root.host().path(), root.container(), root.directory(), ""));
    }

    /** What the Dockerfile says already needs no second root. */
    private boolean isMapped(Root root) {
        return roots.stream()
                .anyMatch(known -> known.host().equals(root.host())
                        && known.container().equals(root.container())
                        && known.ignore().containsAll(root.ignore())
                        && root.ignore().containsAll(known.ignore()));
    }
}
