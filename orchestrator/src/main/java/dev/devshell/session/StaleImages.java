package dev.devshell.session;

import dev.devshell.Notice;
import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.sync.plan.SyncPlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Knows which services run an image that was built from other files than the host has now.
 *
 * <p>An image that devshell built is compared with what stood there when the build began. Of any other image, the files in a
 * container of it are asked, before the sync brings it up to date. What neither knows is not told.
 */
final class StaleImages {
    private final BuildRecords records;
    private final ImageContents contents;
    private final Notices notices;
    private final Consumer<String> stale;
    private final Map<String, Watched> services = new HashMap<>();

    /**
     * @param stale is told a service when another file of it has gone stale
     */
    StaleImages(Engine engine, Path recordsFile, Notices notices, Consumer<String> stale) {
        this.records = new BuildRecords(recordsFile);
        this.contents = new ImageContents(engine);
        this.notices = notices;
        this.stale = stale;
    }

    /** A service's triggers, what its image was built from, and which paths differ from that. */
    private record Watched(List<Trigger> triggers, String imageId, Map<String, String> built, Set<String> differing) {}

    /** Takes note of what a container that is about to be brought up to date was made from. */
    synchronized void attaching(Container container, ServicePlan plan) {
        String service = container.service();
        if (plan.triggers().isEmpty()) {
            forget(service);
            return;
        }
        Map<String, String> built = records.find(service, container.imageId()).orElseGet(() -> {
            Map<String, String> found = contentsOf(container, plan);
            records.put(service, container.imageId(), found);
            return found;
        });
        compareAll(service, new Watched(plan.triggers(), container.imageId(), built, new TreeSet<>()));
    }

    private void compareAll(String service, Watched watched) {
        services.put(service, watched);
        Map<String, String> now = TriggerFiles.read(watched.triggers());
        Set<String> paths = new TreeSet<>(now.keySet());
        paths.addAll(watched.built().keySet());
        paths.stream()
                .filter(path -> known(watched, path))
                .forEach(path -> compare(watched, path, now.getOrDefault(path, TriggerFiles.ABSENT)));
        say(service, watched);
        if (!watched.differing().isEmpty()) {
            stale.accept(service);
        }
    }

    private Map<String, String> contentsOf(Container container, ServicePlan plan) {
        Map<String, String> found = new TreeMap<>();
        SyncPlan sync = plan.sync();
        for (int i = 0; i < sync.roots().size(); i++) {
            boolean trigger = !plan.mappings().get(i).rebuilds().isEmpty();
            if (trigger && !sync.roots().get(i).directory()) {
                String path = sync.roots().get(i).host().toPath().toString();
                contents.state(container.id(), sync.roots().get(i).container())
                        .ifPresent(state -> found.put(path, state));
            }
        }
        return found;
    }

    /** Whether the record would have the path if it had been there: those of a container's files are only what was asked for. */
    private static boolean known(Watched watched, String path) {
        return watched.built().containsKey(path)
                || watched.triggers().stream()
                        .filter(trigger -> Path.of(path).startsWith(trigger.root()))
                        .anyMatch(trigger -> watched.built().keySet().stream()
                                .anyMatch(other -> Path.of(other).startsWith(trigger.root())));
    }

    /** Looks at a path that has changed. */
    synchronized void changed(Path path) {
        services.forEach((service, watched) -> {
            boolean counts = watched.triggers().stream().anyMatch(trigger -> counts(trigger, path));
            if (counts && known(watched, path.toString())) {
                compare(watched, path.toString(), TriggerFiles.state(path));
                say(service, watched);
                if (!watched.differing().isEmpty()) {
                    stale.accept(service);
                }
            }
        });
    }

    private static boolean counts(Trigger trigger, Path path) {
        if (!path.equals(trigger.root()) && !(trigger.directory() && path.startsWith(trigger.root()))) {
            return false;
        }
        String relative = trigger.context().relativize(path).toString();
        return trigger.matchers().stream()
                .noneMatch(matcher -> matcher.verdict(relative, false).ignored());
    }

    private static void compare(Watched watched, String path, String now) {
        if (watched.built().getOrDefault(path, TriggerFiles.ABSENT).equals(now)) {
            watched.differing().remove(path);
        } else {
            watched.differing().add(path);
        }
    }

    synchronized boolean isStale(String service) {
        Watched watched = services.get(service);
        return watched != null && !watched.differing().isEmpty();
    }

    private static String about(String service) {
        return "stale " + service;
    }

    private void forget(String service) {
        services.remove(service);
        notices.gone(about(service));
    }

    private void say(String service, Watched watched) {
        if (watched.differing().isEmpty()) {
            notices.gone(about(service));
            return;
        }
        List<Path> paths = watched.differing().stream().map(Path::of).toList();
        Notice notice = new Notice(
                "IMAGE-STALE",
                service,
                "the image of '" + service + "' is stale",
                steps(watched, paths),
                "devshell rebuild " + service,
                paths);
        boolean said = notices.standing().stream()
                .anyMatch(it -> it.code().equals(notice.code()) && it.service().equals(service));
        if (said) {
            notices.revise(about(service), notice);
        } else {
            notices.stands(about(service), notice);
        }
    }

    private static String steps(Watched watched, List<Path> paths) {
        return watched.triggers().stream()
                .collect(Collectors.groupingBy(StaleImages::step, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(step ->
                        names(step.getValue(), paths).map(names -> names + " changed after " + step.getKey()).stream())
                .collect(Collectors.joining("\n"));
    }

    private static String step(Trigger trigger) {
        return trigger.origin().isEmpty() ? trigger.step() : trigger.step() + " (" + trigger.origin() + ")";
    }

    private static Optional<String> names(List<Trigger> triggers, List<Path> paths) {
        return paths.stream()
                .flatMap(path -> triggers.stream()
                        .filter(trigger -> counts(trigger, path))
                        .map(trigger -> trigger.context().relativize(path).toString()))
                .distinct()
                .reduce((first, second) -> first + ", " + second);
    }

    /** Returns what a build that begins now is made from. */
    static Map<String, String> before(ServicePlan plan) {
        return TriggerFiles.read(plan.triggers());
    }

    /** Notes what an image was built from. */
    synchronized void built(String service, String imageId, Map<String, String> states) {
        records.put(service, imageId, states);
        Watched watched = services.get(service);
        if (watched != null && watched.imageId().equals(imageId)) {
            compareAll(service, new Watched(watched.triggers(), imageId, states, new TreeSet<>()));
        }
    }
}
