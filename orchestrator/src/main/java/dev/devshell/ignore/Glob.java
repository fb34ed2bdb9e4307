package dev.devshell.ignore;

import java.util.List;

/**
 * A compiled canonical glob.
 *
 * <p>The program is one int a step: a literal UTF-16 unit, or one of the negative codes below. Most rules never run it:
 * they are plain names, or fail on their literal beginning or end.
 */
final class Glob {
    static final int ANY = -1;
    static final int STAR = -2;
    static final int EVERYTHING = -3;
    /** Whole segments, where a segment begins. */
    static final int SEGMENTS = -4;
    /** Whole segments, where none begins: {@code a**}{@code /b} also matches {@code ab}. */
    static final int SEGMENTS_INSIDE = -5;

    static final int FIRST_CLASS = -6;

    private final int[] program;
    private final CharClass[] classes;
    private final String prefix;
    private final String suffix;
    private final boolean literal;
    private final boolean nameAtAnyDepth;

    Glob(int[] program, List<CharClass> classes) {
        this.program = program;
        this.classes = classes.toArray(CharClass[]::new);
        int head = 0;
        while (head < program.length && program[head] >= 0) {
            head++;
        }
        int tail = program.length;
        while (tail > head && program[tail - 1] >= 0) {
            tail--;
        }
        literal = head == program.length;
        prefix = units(0, head);
        suffix = units(tail, program.length);
        nameAtAnyDepth = tail == 1 && program[0] == SEGMENTS;
    }

    /** @throws IllegalArgumentException when the glob is empty or malformed */
    static Glob compile(String glob) {
        return new GlobCompiler(glob).compile();
    }

    /** Tells whether the first {@code end} units of {@code path} match as a whole. */
    boolean matches(String path, int end) {
        int rest = end - prefix.length();
        if (rest < suffix.length() || !path.startsWith(prefix)) {
            return false;
        }
        if (literal) {
            return rest == 0;
        }
        int tail = end - suffix.length();
        if (!path.startsWith(suffix, tail)) {
            return false;
        }
        if (nameAtAnyDepth) {
            return tail == 0 || path.charAt(tail - 1) == '/';
        }
        return run(prefix.length(), path, prefix.length(), end);
    }

    /** Tells, erring to true at a {@code **} only, whether a path below this directory can match that it does not match itself. */
    boolean canMatchBelow(String directory, int end) {
        int step = 0;
        int from = 0;
        while (from <= end) {
            int slash = directory.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            int stop = segmentEnd(step);
            for (int i = step; i < stop; i++) {
                if (program[i] <= EVERYTHING && program[i] > FIRST_CLASS) {
                    return true;
                }
            }
            if (stop == program.length || !run(step, stop, directory, from, to)) {
                return false;
            }
            step = stop + 1;
            from = to + 1;
        }
        return true;
    }

    private int segmentEnd(int step) {
        int stop = step;
        while (stop < program.length && program[stop] != '/') {
            stop++;
        }
        return stop;
    }

    private boolean run(int step, String text, int at, int end) {
        return run(step, program.length, text, at, end);
    }

    /**
     * Backtracks to the last {@code *}, and where that is exhausted to the last {@code **}: what stands before it has
     * matched as early as it can, so no earlier choice reaches further.
     */
    private boolean run(int step, int stop, String text, int at, int end) {
        int star = -1;
        int starAt = 0;
        int wide = -1;
        int wideAt = 0;
        while (true) {
            int op = step < stop ? program[step] : 0;
            if (step == stop) {
                if (at == end) {
                    return true;
                }
            } else if (op == STAR) {
                star = ++step;
                starAt = at;
                continue;
            } else if (op == EVERYTHING || op == SEGMENTS) {
                wide = ++step;
                wideAt = at;
                star = -1;
                continue;
            } else if (op == SEGMENTS_INSIDE) {
                if (inside(step + 1, stop, text, at, end)) {
                    return true;
                }
            } else if (at < end) {
                int width = width(op, text, at);
                if (width > 0) {
                    step++;
                    at += width;
                    continue;
                }
            }
            if (star >= 0 && starAt < end && text.charAt(starAt) != '/') {
                starAt += Character.charCount(text.codePointAt(starAt));
                at = starAt;
                step = star;
            } else if (wide >= 0) {
                wideAt = widen(program[wide - 1], text, wideAt, end);
                if (wideAt < 0) {
                    return false;
                }
                at = wideAt;
                step = wide;
                star = -1;
            } else {
                return false;
            }
        }
    }

    /** Here the earliest match is not always the best one, so each is tried. */
    private boolean inside(int step, int stop, String text, int at, int end) {
        for (int from = at; from >= 0; from = widen(SEGMENTS, text, from, end)) {
            if (run(step, stop, text, from, end)) {
                return true;
            }
        }
        return false;
    }

    private static int widen(int op, String text, int at, int end) {
        if (op == EVERYTHING) {
            return at < end ? at + Character.charCount(text.codePointAt(at)) : -1;
        }
        int slash = text.indexOf('/', at);
        return slash < 0 || slash >= end ? -1 : slash + 1;
    }

    private int width(int op, String text, int at) {
        if (op >= 0) {
            return text.charAt(at) == op ? 1 : 0;
        }
        int codePoint = text.codePointAt(at);
        boolean fits = op == ANY ? codePoint != '/' : classes[FIRST_CLASS - op].contains(codePoint);
        return fits ? Character.charCount(codePoint) : 0;
    }

    private String units(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append((char) program[i]);
        }
        return text.toString();
    }
}
