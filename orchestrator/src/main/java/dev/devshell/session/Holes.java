package dev.devshell.session;

import dev.devshell.compose.ComposeService;
import dev.devshell.engine.Container;
import dev.devshell.session.ServicePlan.Hole;
import dev.devshell.sync.plan.Root;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The mounts that cut holes into mappings: what the Compose file says, and the container once there is one. */
final class Holes {
    private final Map<String, String> mounts = new TreeMap<>();

    Holes(ComposeService service, Optional<Container> container) {
        List.of("/proc", "/sys", "/dev").forEach(own -> mounts.put(own, "mount of the engine"));
        service.volumes().forEach(volume -> mounts.put(clean(volume.target()), volume.type() + " mount"));
        container.ifPresent(real -> real.mounts()
                .forEach(mount -> mounts.put(
                        clean(mount.destination()), mount.type().name().toLowerCase(Locale.ROOT) + " mount")));
    }

    private static String clean(String target) {
        return Path.of("/").resolve(target).normalize().toString();
    }

    /** Returns those that have anything to do with the roots. */
    List<Hole> in(List<Root> roots) {
        return mounts.entrySet().stream()
                .filter(mount -> roots.stream().anyMatch(root -> touches(root.container(), mount.getKey())))
                .map(mount -> new Hole(mount.getKey(), mount.getValue()))
                .toList();
    }

    private static boolean touches(String root, String mount) {
        return Path.of(mount).startsWith(root) || Path.of(root).startsWith(mount);
    }
}
