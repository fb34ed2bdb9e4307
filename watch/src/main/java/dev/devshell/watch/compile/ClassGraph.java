package dev.devshell.watch.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which class stands on which. */
public final class ClassGraph {
    private final Map<String, List<String>> users = new HashMap<>();

    public ClassGraph(Collection<ClassFile> classes) {
        for (ClassFile file : classes) {
            file.uses()
                    .forEach(used -> users.computeIfAbsent(used, missing -> new ArrayList<>())
                            .add(file.name()));
            if (!file.top().equals(file.name())) {
                // A class stands on what is nested in it.
                users.computeIfAbsent(file.name(), missing -> new ArrayList<>()).add(file.top());
            }
        }
    }

    /** Returns the classes that name this one. */
    public List<String> usersOf(String name) {
        return List.copyOf(users.getOrDefault(name, List.of()));
    }

    /** Returns these classes and everything that stands on them, each with the one of these that it was reached from. */
    public Map<String, String> reachedFrom(Collection<String> changed) {
        Map<String, String> reached = new LinkedHashMap<>();
        Deque<String> next = new ArrayDeque<>();
        for (String name : changed) {
            if (reached.putIfAbsent(name, name) == null) {
                next.add(name);
            }
        }
        while (!next.isEmpty()) {
            String name = next.remove();
            String from = reached.getOrDefault(name, name);
            for (String user : users.getOrDefault(name, List.of())) {
                if (reached.putIfAbsent(user, from) == null) {
                    next.add(user);
                }
            }
        }
        return reached;
    }
}
