package dev.devshell.differ;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What both sides do at once: the steps of each side one after the other. */
record Script(long seed, List<Step> steps) {
    Script {
        steps = List.copyOf(steps);
    }

    List<Step> of(Side side) {
        return steps.stream().filter(step -> step.side() == side).toList();
    }

    Script with(List<Step> others) {
        return new Script(seed, others);
    }

    private record Timed(int at, Step step) {}

    /** Returns the steps a line each, in the order of their times. */
    @Override
    public String toString() {
        Map<Side, Integer> clocks = new EnumMap<>(Side.class);
        List<Timed> timed = new ArrayList<>();
        for (Step step : steps) {
            timed.add(new Timed(clocks.merge(step.side(), step.pause(), Integer::sum), step));
        }
        timed.sort(Comparator.comparingInt(Timed::at));
        return timed.stream()
                .map(each -> String.format("  %4d ms  %s", each.at(), each.step()))
                .collect(Collectors.joining("\n"));
    }
}
