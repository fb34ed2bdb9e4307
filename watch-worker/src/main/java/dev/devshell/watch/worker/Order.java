package dev.devshell.watch.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the loop asks of a worker. */
public sealed interface Order {
    /**
     * Runs tests.
     *
     * @param id repeated in everything that is told of this run
     * @param roots directories of classes that may be others at each run; absolute
     * @param selectors {@code class:NAME}, {@code method:NAME#METHOD} or {@code id:UNIQUE-ID}, in the order to be run
     * @param includeTags tag expressions of which one has to match; everything without one
     * @param excludeTags tag expressions of which none may match
     */
    record RunTests(
            int id, List<String> roots, List<String> selectors, List<String> includeTags, List<String> excludeTags)
            implements Order {
        public RunTests {
            roots = List.copyOf(roots);
            selectors = List.copyOf(selectors);
            includeTags = List.copyOf(includeTags);
            excludeTags = List.copyOf(excludeTags);
        }
    }

    /** Ends the run before it is done. */
    record Cancel(int id) implements Order {}

    /**
     * Asks which of these files the tests have written themselves, as far as they said so; {@link Told.Own} is the answer.
     *
     * @param number repeated in the answer
     */
    record Whose(int number, List<String> files) implements Order {
        public Whose {
            files = List.copyOf(files);
        }
    }

    /** Asks for {@link Told.Measured}. */
    record Measure() implements Order {}

    /** Returns it as a frame. */
    default List<String> frame() {
        List<String> frame = new ArrayList<>();
        if (this instanceof RunTests run) {
            frame.addAll(List.of("run", Integer.toString(run.id())));
            for (List<String> part : List.of(run.roots(), run.selectors(), run.includeTags(), run.excludeTags())) {
                frame.add(Integer.toString(part.size()));
                frame.addAll(part);
            }
        } else if (this instanceof Cancel cancel) {
            frame.addAll(List.of("cancel", Integer.toString(cancel.id())));
        } else if (this instanceof Whose whose) {
            frame.addAll(List.of("whose", Integer.toString(whose.number())));
            frame.addAll(whose.files());
        } else {
            frame.add("measure");
        }
        return frame;
    }

    /** Reads a frame. */
    static Order of(List<String> frame) throws IOException {
        try {
            return switch (frame.get(0)) {
                case "run" -> run(frame);
                case "cancel" -> new Cancel(Integer.parseInt(frame.get(1)));
                case "whose" -> new Whose(Integer.parseInt(frame.get(1)), frame.subList(2, frame.size()));
                case "measure" -> new Measure();
                default -> throw new IOException("not an order: " + frame.get(0));
            };
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("not an order: " + frame, e);
        }
    }

    private static RunTests run(List<String> frame) {
        List<List<String>> parts = new ArrayList<>();
        int at = 2;
        while (parts.size() < 4) {
            int size = Integer.parseInt(frame.get(at));
            parts.add(frame.subList(at + 1, at + 1 + size));
            at += 1 + size;
        }
        return new RunTests(Integer.parseInt(frame.get(1)), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }
}
