package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Says what the sync did wrong, once all is quiet. */
final class Judge {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Stage stage;
    private final Box box;
    private final Evidence evidence;

    Judge(Stage stage, Box box, Evidence evidence) {
        this.stage = stage;
        this.box = box;
        this.evidence = evidence;
    }

    List<String> violations() throws IOException {
        Map<String, Standing> host = Look.atSynced(stage.host).tree();
        Map<String, Standing> container = Look.atSynced(stage.container).tree();
        List<String> violations = new ArrayList<>(differences(host, container));
        Set<Digest> present = new HashSet<>();
        for (Map<String, Standing> tree : List.of(host, container)) {
            tree.values().forEach(standing -> {
                if (standing.node() instanceof Node.File file) {
                    present.add(file.digest());
                }
            });
        }
        lost(present).forEach(content -> violations.add("lost (rule 1): " + evidence.tell(content)));
        strayed().forEach(path -> violations.add("outside of the root (rule 3): " + path));
        return violations;
    }

    private List<String> differences(Map<String, Standing> host, Map<String, Standing> container) {
        Set<String> paths = new TreeSet<>(host.keySet());
        paths.addAll(container.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : paths) {
            String here = tell(host, path);
            String there = tell(container, path);
            if (!here.equals(there)) {
                differences.add("differs (rule 2): " + path + ": host has " + here + ", container has " + there + "; "
                        + stage.explain(path));
            }
        }
        return differences;
    }

    private static String tell(Map<String, Standing> tree, String path) {
        Standing standing = tree.get(path);
        return standing == null ? "nothing" : standing.node() + " " + standing.head();
    }

    /** Returns what is on no side and not in the history. The history gets what a container displaced a moment after all is quiet. */
    private Set<Digest> lost(Set<Digest> present) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Set<Digest> lost = evidence.owed();
            lost.removeAll(present);
            if (!lost.isEmpty()) {
                lost.removeAll(Kept.contents(stage.state().resolve("history"), stage.directory));
            }
            if (lost.isEmpty() || System.nanoTime() > deadline) {
                return lost;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private List<String> strayed() throws IOException {
        List<String> strayed = new ArrayList<>(box.strayed());
        for (Path neighbour : stage.neighbours()) {
            Map<String, Standing> there = Look.atAll(neighbour).tree();
            if (!there.keySet().equals(Set.of("file"))
                    || !Objects.requireNonNull(there.get("file")).head().equals("not synced")) {
                strayed.add(neighbour + " holds " + there);
            }
        }
        return strayed;
    }
}
