package dev.devshell.session;

import dev.devshell.compose.ComposeOptions;
import dev.devshell.compose.Remains;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fresh projects whose owner is gone, found by what they wrote down on this machine before anything was made, and by their labels
 * on the engine.
 *
 * <p>Only what carries a devshell owner's name is looked at, and only an owner that is certainly gone counts.
 */
public final class Strays {
    private final Map<String, String> env;
    private final Remains remains;

    /** @param env leads to the state directories and the engine */
    public Strays(Map<String, String> env) {
        this.env = env;
        this.remains =
                new Remains(ComposeOptions.of(Path.of("").toAbsolutePath()).withEnvironment(env));
    }

    /** Returns the names of those that were written down here; asks no engine. */
    public List<String> recorded() {
        return records().stream().map(Entry::project).sorted().toList();
    }

    /** Returns the names of all. */
    public List<String> all() {
        Map<String, Boolean> names = new TreeMap<>();
        recorded().forEach(name -> names.put(name, true));
        remains.labelled(FreshProject.LABEL)
                .forEach((project, owner) ->
                        Owner.parse(owner).filter(Owner::isGone).ifPresent(gone -> names.put(project, true)));
        return List.copyOf(names.keySet());
    }

    /**
     * Removes projects from the engine, and what was written down of them.
     *
     * @param projects as {@link #all} or {@link #recorded} returned them
     */
    public void remove(List<String> projects) {
        List<Entry> records = records();
        for (String project : projects) {
            remains.remove(project);
            records.stream().filter(record -> record.project().equals(project)).forEach(record -> {
                DeadPlace.delete(record.runtime());
                DeadPlace.delete(record.state());
            });
        }
    }

    private record Entry(String project, Path state, Path runtime) {}

    private List<Entry> records() {
        Path root = SessionPlace.stateRoot(env);
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Entry> found = new ArrayList<>();
        try (Stream<Path> places = Files.list(root)) {
            places.filter(place -> Files.isRegularFile(place.resolve(FreshProject.RECORD)))
                    .forEach(place -> read(place, found));
        } catch (IOException e) {
            throw new UncheckedIOException("looking for projects in " + root, e);
        }
        return found;
    }

    private static void read(Path state, List<Entry> found) {
        try {
            List<String> lines = Files.readAllLines(state.resolve(FreshProject.RECORD));
            if (lines.size() == 3
                    && Owner.parse(lines.get(0)).filter(Owner::isGone).isPresent()) {
                found.add(new Entry(lines.get(1), state, Path.of(lines.get(2))));
            }
        } catch (IOException e) {
            if (Files.exists(state)) {
                throw new UncheckedIOException("reading " + state, e);
            }
            // It was removed just now.
        }
    }
}
