package dev.devshell.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a canonical glob from left to right into a program. */
final class GlobCompiler {
    private final String glob;
    private final IntStream.Builder program = IntStream.builder();
    private final List<CharClass> classes = new ArrayList<>();
    private int at;
    private int last = '/';

    GlobCompiler(String glob) {
        this.glob = glob;
    }

    Glob compile() {
        if (glob.isEmpty()) {
            throw new IllegalArgumentException("a glob must not be empty");
        }
        while (at < glob.length()) {
            char c = glob.charAt(at++);
            switch (c) {
                case '*' -> stars();
                case '?' -> add(Glob.ANY);
                case '[' -> charClass();
                case '\\' -> add(unit());
                default -> add(c);
            }
        }
        return new Glob(program.build().toArray(), classes);
    }

    private void stars() {
        if (!glob.startsWith("*", at)) {
            add(Glob.STAR);
        } else if (glob.startsWith("*/", at)) {
            at += 2;
            boolean segmentStart = last == '/' || last == Glob.SEGMENTS;
            add(segmentStart ? Glob.SEGMENTS : Glob.SEGMENTS_INSIDE);
        } else {
            at++;
            add(Glob.EVERYTHING);
        }
    }

    private void charClass() {
        boolean negated = glob.startsWith("^", at);
        at += negated ? 1 : 0;
        IntStream.Builder bounds = IntStream.builder();
        boolean empty = true;
        while (!glob.startsWith("]", at)) {
            int low = member();
            int high = low;
            if (glob.startsWith("-", at) && !glob.startsWith("-]", at)) {
                at++;
                high = member();
            }
            bounds.add(low).add(high);
            empty = false;
        }
        at++;
        if (empty) {
            throw malformed("an empty class");
        }
        add(Glob.FIRST_CLASS - classes.size());
        classes.add(new CharClass(negated, bounds.build().toArray()));
    }

    private int member() {
        if (glob.startsWith("\\", at)) {
            at++;
        }
        if (at >= glob.length()) {
            throw malformed("a class without ]");
        }
        int codePoint = glob.codePointAt(at);
        at += Character.charCount(codePoint);
        return codePoint;
    }

    private char unit() {
        if (at >= glob.length()) {
            throw malformed("nothing after the last \\");
        }
        return glob.charAt(at++);
    }

    private void add(int op) {
        program.add(op);
        last = op;
    }

    private IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("a glob must not have " + what + ", but was: " + glob);
    }
}
