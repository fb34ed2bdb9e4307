package dev.devshell.ignore;

import java.util.Objects;

/**
 * One rule in canonical form, anchored at the root that its list speaks of.
 *
 * <p>In {@code glob}, {@code \x} is the character x; {@code ?} one character but {@code /}; {@code *} a run of them;
 * {@code [a-z]} and {@code [^a-z]} a class, which never matches {@code /}; {@code **}{@code /} any number of whole
 * segments, none included; any other {@code **} any run of characters. Characters are code points.
 *
 * @param negated whether a match keeps the path rather than ignoring it
 * @param directoryOnly whether only directories match
 */
public record IgnoreRule(String glob, boolean negated, boolean directoryOnly) {
    /** @throws IllegalArgumentException when the glob is empty or malformed */
    public IgnoreRule {
        Objects.requireNonNull(glob, "glob");
        Glob.compile(glob);
    }

    /** Returns a rule that matches one path, whatever characters it has. */
    public static IgnoreRule exactly(String path) {
        return new IgnoreRule(new CanonicalGlob().literal(path).toString(), false, false);
    }
}
