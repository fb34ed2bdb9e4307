package dev.devshell.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes the script of a seed: always the same one. Few names, so that the sides meet. */
final class Author {
    private static final int STEPS = 70;
    private static final int PAUSES = 3_000;
    private static final List<String> DIRECTORIES =
            List.of("", "", "app", "app/models", "app/blog", "lib", "n0", "n1", "n0/n1", "n1/n0", "src", "config");
    private static final List<String> NAMES = List.of("a.rb", "b.rb", "c", "n0", "n1", "routes.rb", "f0", "f1", "ü b");
    /** Where both sides write without rest. */
    private static final List<String> HOT = List.of(Generator.ROUTES, "c");

    private static final List<String> GENERATED = List.of("blog", "post", "user");

    private final Random random;
    private final boolean hasty;
    private int written;

    private Author(long seed) {
        this.random = new Random(seed);
        this.hasty = random.nextInt(4) == 0;
    }

    static Script of(long seed) {
        Author author = new Author(seed);
        List<Step> steps = new ArrayList<>();
        for (Side side : Side.values()) {
            author.write(side, steps);
        }
        return new Script(seed, steps);
    }

    private void write(Side side, List<Step> steps) {
        int left = PAUSES;
        for (int i = 0; i < STEPS; i++) {
            int pause = Math.min(left, pause());
            left -= pause;
            steps.add(new Step(side, pause, operation(side)));
        }
    }

    private int pause() {
        if (hasty) {
            return 0;
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> 0;
            case 5, 6 -> random.nextInt(10);
            case 7 -> random.nextInt(80);
            default -> 210 + random.nextInt(100);
        };
    }

    private Operation operation(Side side) {
        return switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> new Operation.Write(path(), content(side));
            case 4, 5 -> new Operation.Append(path(), content(side));
            case 6 -> new Operation.Halve(path());
            case 7, 8 -> new Operation.Replace(path(), content(side));
            case 9, 10 -> new Operation.Rename(path(), path());
            case 11 -> new Operation.Rename(directory(), directory());
            case 12, 13 -> new Operation.Delete(path());
            case 14 -> new Operation.Delete(directory());
            case 15 -> new Operation.Directory(path());
            case 16 -> new Operation.Chmod(path(), random.nextBoolean());
            case 17 -> new Operation.Link(path(), NAMES.get(random.nextInt(NAMES.size())));
            case 18 -> new Operation.Sed(path(), label(side));
            case 19 -> new Operation.Copy(path(), path());
            case 20 -> new Operation.Generate(GENERATED.get(random.nextInt(GENERATED.size())));
            case 21 -> new Operation.SaveByVim(path(), content(side));
            case 24 -> new Operation.HardLink(path(), path());
            case 23 -> new Operation.Burst(HOT.get(random.nextInt(HOT.size())), label(side), 10);
            case 22 -> new Operation.SaveByJetBrains(path(), content(side));
            default ->
                side == Side.HOST
                        ? new Operation.Checkout(Repository.BRANCHES.get(random.nextInt(Repository.BRANCHES.size())))
                        : new Operation.Write(
                                Repository.PATHS.get(random.nextInt(Repository.PATHS.size())), content(side));
        };
    }

    private String directory() {
        String directory = "";
        while (directory.isEmpty()) {
            directory = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
        }
        return directory;
    }

    private String path() {
        return Paths.join(DIRECTORIES.get(random.nextInt(DIRECTORIES.size())), NAMES.get(random.nextInt(NAMES.size())));
    }

    private String label(Side side) {
        return (side == Side.HOST ? "h" : "c") + written++;
    }

    /** Returns a content that no other step writes; now and then none, and now and then a large one. */
    private String content(Side side) {
        String line = label(side) + ": a line\n";
        return switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> line.repeat(random.nextInt(4) == 0 ? 110_000 : 20_000);
            default -> line.repeat(1 + random.nextInt(3));
        };
    }
}
