package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PathTreeTests {
    private final PathTree<Integer> tree = new PathTree<>();

    @Test
    void holdsAPathAndWhatIsBelowIt() {
        tree.put("/app", 1);
        tree.put("/app/a/b", 2);
        tree.put("/app.rb", 3);

        assertThat(tree.get("/app")).isEqualTo(1);
        assertThat(tree.get("/app/a")).isNull();
        assertThat(tree.get("/app/a/b")).isEqualTo(2);
        assertThat(tree.get("/app/a/b/c")).isNull();
        assertThat(below("/app")).containsExactly("/app/a/b");
        assertThat(below("/")).containsExactly("/app", "/app/a/b", "/app.rb");
        assertThat(tree.size()).isEqualTo(3);
    }

    @Test
    void keepsWhatIsBelowAPathThatGoes() {
        tree.put("/app", 1);
        tree.put("/app/b", 2);
        tree.remove("/app");

        assertThat(tree.contains("/app")).isFalse();
        assertThat(below("/app")).containsExactly("/app/b");
    }

    @Test
    void theRootIsAPathToo() {
        tree.put("/", 1);
        tree.put("/a", 2);

        assertThat(tree.get("/")).isEqualTo(1);
        assertThat(below("/")).containsExactly("/a");
        assertThat(tree.take(9, path -> true)).containsExactly("/", "/a");
        assertThat(tree.isEmpty()).isTrue();
    }

    @Test
    void takesParentsFirstAndLeavesWhatHasToWait() {
        for (String path : List.of("/b/y", "/a", "/b", "/b/x", "/c")) {
            tree.put(path, 0);
        }

        assertThat(tree.take(2, path -> !path.equals("/b"))).containsExactly("/a", "/b/x");
        assertThat(tree.take(9, path -> true)).containsExactly("/b", "/b/y", "/c");
        assertThat(tree.take(9, path -> true)).isEmpty();
    }

    @Test
    void isWhatAMapWouldBe() {
        Random random = new Random(7);
        Map<String, Integer> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String path = path(random);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    tree.remove(path);
                    model.remove(path);
                }
                case 3 -> {
                    int third = random.nextInt(3);
                    List<String> taken = tree.take(random.nextInt(4), at -> at.hashCode() % 3 == third);
                    assertThat(model.keySet()).containsAll(taken);
                    taken.forEach(model::remove);
                }
                default -> {
                    tree.put(path, i);
                    model.put(path, i);
                }
            }
            assertThat(tree.size()).isEqualTo(model.size());
            assertThat(tree.get(path)).isEqualTo(model.get(path));
        }
        Map<String, Integer> all = new HashMap<>();
        tree.forEach(all::put);
        assertThat(all).isEqualTo(model);
        String some = path(random);
        model.keySet().removeIf(path -> !path.startsWith(some + "/"));
        assertThat(new TreeSet<>(below(some))).isEqualTo(new TreeSet<>(model.keySet()));
        tree.clear();
        assertThat(tree.isEmpty()).isTrue();
    }

    private static String path(Random random) {
        String[] names = {"a", "b", "é", "a.b", "\uD83D\uDE00", "ab", "c"};
        StringBuilder path = new StringBuilder();
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
            path.append('/').append(names[random.nextInt(names.length)]);
        }
        return path.toString();
    }

    private List<String> below(String path) {
        List<String> paths = new ArrayList<>();
        tree.below(path, (at, value) -> paths.add(at));
        return paths;
    }

    @Test
    void takesWhatIsBelowAPathBeforeIt() {
        PathTree<Integer> tree = new PathTree<>();
        List.of("/a", "/a/b", "/a/b/c", "/a/d", "/e").forEach(path -> tree.put(path, 1));
        assertThat(tree.takeFromBelow(2, path -> true)).containsExactly("/a/b/c", "/a/b");
        assertThat(tree.takeFromBelow(9, path -> !path.equals("/a/d"))).containsExactly("/e");
        assertThat(tree.hasBelow("/a")).isTrue();
        assertThat(tree.hasBelow("/a/d")).isFalse();
        assertThat(tree.takeFromBelow(9, path -> true)).containsExactly("/a/d", "/a");
        assertThat(tree.isEmpty()).isTrue();
    }
}
