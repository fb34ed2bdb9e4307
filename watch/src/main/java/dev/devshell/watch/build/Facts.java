package dev.devshell.watch.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a build tool wrote down of one project: names with their values, in order. */
final class Facts {
    private static final String PROJECT = "project";

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** Reads lines of a name, a tab and a value; a line {@code project} ends what belongs to one project. */
    static List<Facts> parse(List<String> lines) {
        List<Facts> projects = new ArrayList<>();
        Facts current = new Facts();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                String name = line.substring(0, tab);
                current.values
                        .computeIfAbsent(name, missing -> new ArrayList<>())
                        .add(unescaped(line.substring(tab + 1)));
                if (name.equals(PROJECT)) {
                    projects.add(current);
                    current = new Facts();
                }
            }
        }
        return projects;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Returns the last value; empty without one. */
    String last(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.get(all.size() - 1);
    }

    List<Path> paths(String name) {
        return all(name).stream().map(Path::of).map(Path::normalize).toList();
    }

    Path directory() {
        return Path.of(last(PROJECT));
    }

    /** Returns values of the form {@code NAME=VALUE}. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : all(name)) {
            int equals = pair.indexOf('=');
            pairs.put(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1));
        }
        return pairs;
    }
}
