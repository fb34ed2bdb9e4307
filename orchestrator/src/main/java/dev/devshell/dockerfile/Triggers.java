package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds rebuild triggers; {@link RebuildTrigger} says what makes one. */
final class Triggers {
    private final List<Step> steps;
    private final List<RebuildTrigger> found = new ArrayList<>();

    Triggers(List<Step> steps) {
        this.steps = steps;
    }

    List<RebuildTrigger> find() {
        int code = code();
        for (int i = 0; i < code; i++) {
            int from = i;
            OptionalInt run = IntStream.range(from, code)
                    .filter(at -> steps.get(at) instanceof Step.Ran)
                    .findFirst();
            if (run.isPresent()) {
                add(steps.get(from), steps.get(run.getAsInt()).at());
            }
        }
        return found;
    }

    private void add(Step step, Statement stale) {
        if (step instanceof Step.Copied copied) {
            for (Mapping it : copied.mappings()) {
                found.add(new RebuildTrigger(
                        it.context(), it.source(), it.directory(), it.line(), stale.line(), stale.text()));
            }
        } else if (step instanceof Step.Ran ran) {
            ran.mounts().stream().filter(Triggers::bindsContext).forEach(mount -> bound(ran.at(), mount));
        }
    }

    private void bound(Statement run, Map<String, String> mount) {
        String source = UnixPaths.relative(mount.getOrDefault("source", mount.getOrDefault("src", "")));
        if (!source.isEmpty()) {
            found.add(new RebuildTrigger("", source, true, run.line(), run.line(), run.text()));
        }
    }

    private static boolean bindsContext(Map<String, String> mount) {
        return mount.getOrDefault("type", "bind").equals("bind") && !mount.containsKey("from");
    }

    /** Index of the step that brings the code; the number of steps where none does. */
    private int code() {
        int best = -1;
        int depth = Integer.MAX_VALUE;
        for (int i = 0; i < steps.size(); i++) {
            int here = steps.get(i) instanceof Step.Copied copied ? depth(copied) : Integer.MAX_VALUE;
            if (here < depth) {
                best = i;
                depth = here;
            }
        }
        return best >= 0 ? best : lastCopied();
    }

    private int lastCopied() {
        return IntStream.range(0, steps.size())
                .filter(at -> steps.get(at) instanceof Step.Copied)
                .max()
                .orElse(steps.size());
    }

    private static int depth(Step.Copied copied) {
        return copied.mappings().stream()
                .filter(Mapping::directory)
                .mapToInt(mapping -> mapping.source().isEmpty()
                        ? 0
                        : 1
                                + (int) mapping.source()
                                        .chars()
                                        .filter(c -> c == '/')
                                        .count())
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
