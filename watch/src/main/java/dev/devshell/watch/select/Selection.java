package dev.devshell.watch.select;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which tests to run, in their order: what failed first, then what was edited, each the fastest first.
 *
 * <p>A selection is the union of what failed or was never run, of what stands on a class that has changed, and of what uses a
 * service that a change has reached. Where tests do not say which services they use, a change of a service selects all.
 */
public record Selection(List<Chosen> tests) {
    private static final int NAMED = 3;

    public Selection {
        tests = List.copyOf(tests);
    }

    public boolean isEmpty() {
        return tests.isEmpty();
    }

    /** Returns those of them that a person asks for. */
    public Selection only(Predicate<String> asked) {
        return new Selection(
                tests.stream().filter(one -> asked.test(one.test())).toList());
    }

    /** Selects all tests. */
    public static Selection all(TestClasses classes, Past past) {
        Map<String, Chosen> chosen = new HashMap<>();
        chooseKnown(classes, past, chosen, false);
        classes.names().forEach(test -> add(chosen, new Chosen(test, Reason.ALL, "")));
        return ordered(chosen.values(), past);
    }

    /** Selects those that failed the last time. */
    public static Selection failed(TestClasses classes, Past past) {
        Map<String, Chosen> chosen = new HashMap<>();
        chooseKnown(classes, past, chosen, false);
        return ordered(chosen.values(), past);
    }

    /**
     * Selects what a change asks for.
     *
     * @param changed classes that are others now, or gone
     * @param services that a change has reached
     */
    public static Selection after(TestClasses classes, Past past, Collection<String> changed, Set<String> services) {
        Map<String, Chosen> chosen = new HashMap<>();
        chooseKnown(classes, past, chosen, true);
        classes.standingOn(changed).forEach((test, from) -> add(chosen, standing(test, from)));
        if (!services.isEmpty()) {
            chooseUsing(classes, services, chosen);
        }
        return ordered(chosen.values(), past);
    }

    private static void chooseKnown(TestClasses classes, Past past, Map<String, Chosen> chosen, boolean unknown) {
        for (String test : classes.names()) {
            if (past.failed().contains(test)) {
                add(chosen, new Chosen(test, Reason.FAILED, ""));
            } else if (unknown && !past.knows(test)) {
                add(chosen, new Chosen(test, Reason.UNKNOWN, ""));
            }
        }
    }

    private static Chosen standing(String test, String from) {
        String top = TestClasses.top(from);
        return top.equals(test)
                ? new Chosen(test, Reason.EDITED, "")
                : new Chosen(test, Reason.STANDS_ON, top.substring(top.lastIndexOf('.') + 1));
    }

    private static void chooseUsing(TestClasses classes, Set<String> services, Map<String, Chosen> chosen) {
        Map<String, Optional<Set<String>>> used = new HashMap<>();
        classes.names().forEach(test -> used.put(test, classes.services(test)));
        boolean nobodySays = used.values().stream().allMatch(Optional::isEmpty);
        String names = String.join(", ", new TreeSet<>(services));
        used.forEach((test, says) -> {
            if (nobodySays) {
                add(chosen, new Chosen(test, Reason.ALL, "that may use " + names));
            } else if (says.isPresent()) {
                Set<String> both = new TreeSet<>(services);
                if (!says.get().isEmpty()) {
                    both.retainAll(says.get());
                }
                if (!both.isEmpty()) {
                    add(chosen, new Chosen(test, Reason.SERVICE, String.join(", ", both)));
                }
            }
        });
    }

    private static void add(Map<String, Chosen> chosen, Chosen one) {
        chosen.merge(one.test(), one, (a, b) -> a.reason().compareTo(b.reason()) <= 0 ? a : b);
    }

    private static Selection ordered(Collection<Chosen> chosen, Past past) {
        List<Chosen> tests = new ArrayList<>(chosen);
        tests.sort(Comparator.comparing((Chosen one) -> Collections.min(List.of(one.reason(), Reason.UNKNOWN)))
                .thenComparing(one -> past.millis().getOrDefault(one.test(), 0L))
                .thenComparing(Chosen::test));
        return new Selection(tests);
    }

    /** Returns how many classes are run for which reason, as a person reads it. */
    public String why() {
        Map<Reason, List<Chosen>> by = new EnumMap<>(Reason.class);
        tests.forEach(one ->
                by.computeIfAbsent(one.reason(), missing -> new ArrayList<>()).add(one));
        if (by.keySet().equals(Set.of(Reason.ALL)) && tests.get(0).detail().isEmpty()) {
            return "all";
        }
        List<String> parts = new ArrayList<>();
        by.forEach((reason, chosen) -> {
            Set<String> details = new TreeSet<>();
            chosen.forEach(one -> details.add(one.detail()));
            String named = String.join(", ", details.stream().limit(NAMED).toList());
            String words = reason == Reason.ALL ? (named.isEmpty() ? "others" : named) : reason.words() + " " + named;
            parts.add(chosen.size() + " " + words.strip());
        });
        return String.join("; ", parts);
    }
}
