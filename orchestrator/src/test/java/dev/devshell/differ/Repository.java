package dev.devshell.differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The git repository that the host's tree is: three branches over the same paths, some of which only one of them has. */
final class Repository {
    static final List<String> BRANCHES = List.of("main", "feature", "old");

    /** Every path that a branch has. */
    static final List<String> PATHS = Stream.of(
                    IntStream.range(0, 8).mapToObj(i -> "src/f" + i),
                    IntStream.range(0, 3).mapToObj(i -> "app/models/m" + i),
                    BRANCHES.stream().map(branch -> "src/" + branch + "/only"),
                    Stream.of("app/models/a.rb", Generator.ROUTES))
            .flatMap(paths -> paths)
            .toList();

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    static void create(Path root) throws IOException {
        Repository repository = new Repository(root);
        repository.git("init", "-q", "-b", BRANCHES.get(0));
        for (String branch : BRANCHES) {
            if (!branch.equals(BRANCHES.get(0))) {
                repository.git("checkout", "-q", "-b", branch);
            }
            repository.commit(branch);
        }
    }

    private void commit(String branch) throws IOException {
        for (String path : PATHS) {
            Path file = root.resolve(path);
            if (path.endsWith("/only") && !path.contains(branch)) {
                Files.deleteIfExists(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.writeString(file, branch + ": " + path + "\n");
            }
        }
        git("add", "-A");
        git("-c", "user.name=differ", "-c", "user.email=differ@example.com", "commit", "-q", "-m", branch);
    }

    private void git(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(args));
        Child.run(command);
    }
}
