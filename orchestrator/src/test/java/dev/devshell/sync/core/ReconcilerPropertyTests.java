package dev.devshell.sync.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever both sides do: they end equal, nothing is lost, and rest is rest. */
class ReconcilerPropertyTests {
    private static final int RUNS = 4_000;
    private static final String[] NAMES = {"a", "b", "c"};

    private int fresh;

    @Test
    @DisplayName("rules 1, 2 and 9: random edits on both sides converge, lose nothing and leave no echo")
    void convergesLosesNothingAndRests() {
        long seed = Long.getLong("devshell.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            check(seed + run);
        }
    }

    private void check(long seed) {
        Random random = new Random(seed);
        World world = new World();
        world.preference = random.nextBoolean() ? Preference.HOST : Preference.REPLICA;
        String story = "replay with -Ddevshell.seed=" + seed + "\n";
        edit(world, Side.HOST, random, 12);
        world.settle();
        for (int round = 0; round < 3; round++) {
            edit(world, Side.HOST, random, random.nextInt(8));
            edit(world, Side.REPLICA, random, random.nextInt(8));
            String before = world.toString();
            Set<Node> versions = new HashSet<>(world.host.values());
            versions.addAll(world.replica.values());

            int rounds = world.settle();

            assertThat(world.replica).as(story + before).isEqualTo(world.host);
            assertThat(rounds).as(story + before).isLessThanOrEqualTo(3);
            versions.removeAll(world.host.values());
            versions.removeIf(node -> !(node instanceof Node.File || node instanceof Node.Link));
            assertThat(world.history).as(story + before).containsAll(versions);
            assertThat(Reconciler.reconcile(world, world.allPaths())).as(story).isEmpty();
        }
    }

    @Test
    @DisplayName("rule 10: from a baseline, not one path of the host changes")
    void aBaselineNeverTouchesTheHost() {
        long seed = Long.getLong("devshell.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            World world = new World();
            edit(world, Side.HOST, random, 12);
            edit(world, Side.REPLICA, random, 12);
            for (String path : world.allPaths()) {
                world.ancestors.put(path, Ancestor.baseline(world.at(Side.HOST, path), world.at(Side.REPLICA, path)));
            }
            var before = new java.util.TreeMap<>(world.host);

            world.settle();

            assertThat(world.host)
                    .as("replay with -Ddevshell.seed=%d", seed + run)
                    .isEqualTo(before);
            before.forEach((path, node) -> assertThat(world.replica).containsEntry(path, node));
        }
    }

    private void edit(World world, Side side, Random random, int edits) {
        for (int i = 0; i < edits; i++) {
            String path = path(random);
            switch (random.nextInt(6)) {
                case 0, 1 -> place(world, side, path, Nodes.file("v" + fresh++));
                case 2 -> place(world, side, path, Node.directory());
                case 3 -> remove(world, side, path);
                case 4 -> move(world, side, path, path(random));
                default -> flip(world, side, path);
            }
        }
    }

    private static String path(Random random) {
        List<String> parts = new ArrayList<>();
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
            parts.add(NAMES[random.nextInt(NAMES.length)]);
        }
        return String.join("/", parts);
    }

    private static void place(World world, Side side, String path, Node node) {
        String parent = world.parent(path);
        if (parent != null && !(world.at(side, parent) instanceof Node.Directory)) {
            place(world, side, parent, Node.directory());
        }
        if (node instanceof Node.Directory && world.at(side, path) instanceof Node.Directory) {
            return;
        }
        remove(world, side, path);
        world.put(side, path, node);
    }

    private static void remove(World world, Side side, String path) {
        world.below(side, path).forEach(child -> world.put(side, child, Node.absent()));
        world.put(side, path, Node.absent());
    }

    private static void move(World world, Side side, String from, String to) {
        Node node = world.at(side, from);
        if (node instanceof Node.Absent || to.equals(from) || to.startsWith(from + "/") || from.startsWith(to + "/")) {
            return;
        }
        List<String> children = world.below(side, from);
        List<Node> nodes = children.stream().map(child -> world.at(side, child)).toList();
        remove(world, side, from);
        place(world, side, to, node);
        for (int i = 0; i < nodes.size(); i++) {
            place(world, side, to + children.get(i).substring(from.length()), nodes.get(i));
        }
    }

    private static void flip(World world, Side side, String path) {
        if (world.at(side, path) instanceof Node.File file) {
            world.put(side, path, new Node.File(file.digest(), !file.executable()));
        }
    }
}
