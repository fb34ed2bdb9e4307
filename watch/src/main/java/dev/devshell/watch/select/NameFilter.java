package dev.devshell.watch.select;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for: class names, full or simple, with {@code *} for anything; {@code Class#method} for some of a class's
 * tests.
 */
public final class NameFilter {
    /** Everything. */
    public static final NameFilter ALL = new NameFilter(List.of());

    private final List<Part> parts;

    private NameFilter(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Reads selectors; without one, everything matches. */
    public static NameFilter of(List<String> selectors) {
        return new NameFilter(selectors.stream().map(NameFilter::part).toList());
    }

    private static Part part(String selector) {
        int hash = selector.indexOf('#');
        return hash < 0
                ? new Part(glob(selector), null)
                : new Part(glob(selector.substring(0, hash)), glob(selector.substring(hash + 1)));
    }

    private record Part(Pattern type, @Nullable Pattern method) {
        boolean matchesClass(String name) {
            return type.matcher(name).matches()
                    || type.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
        }
    }

    private static Pattern glob(String text) {
        return Pattern.compile(
                List.of(text.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    public boolean matchesClass(String name) {
        return parts.isEmpty() || parts.stream().anyMatch(part -> part.matchesClass(name));
    }

    /** Returns whether only some methods of a class are asked for. */
    public boolean narrows(String name) {
        return !parts.isEmpty()
                && parts.stream().filter(part -> part.matchesClass(name)).allMatch(part -> part.method() != null);
    }

    public boolean matchesMethod(String name, String method) {
        return parts.isEmpty()
                || parts.stream()
                        .filter(part -> part.matchesClass(name))
                        .anyMatch(part -> part.method() == null
                                || part.method().matcher(method).matches());
    }
}
