package dev.devshell.watch.compile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads annotations, as far as their elements are texts or classes; of others only that they are there. */
final class AnnotationReader {
    private final ByteBuffer in;
    private final ConstantPool pool;
    private final Map<String, List<String>> found;

    AnnotationReader(ByteBuffer in, ConstantPool pool, Map<String, List<String>> found) {
        this.in = in;
        this.pool = pool;
        this.found = found;
    }

    private int u2() {
        return Short.toUnsignedInt(in.getShort());
    }

    void annotations() {
        for (int left = u2(); left > 0; left--) {
            annotation();
        }
    }

    void parameters() {
        for (int left = in.get(); left > 0; left--) {
            annotations();
        }
    }

    private void annotation() {
        String descriptor = pool.text(u2());
        String type =
                descriptor.substring(1, Math.max(1, descriptor.length() - 1)).replace('/', '.');
        found.computeIfAbsent(type, missing -> new ArrayList<>());
        for (int left = u2(); left > 0; left--) {
            value(type + "#" + pool.text(u2()));
        }
    }

    private void value(String element) {
        switch (in.get()) {
            case 's' ->
                found.computeIfAbsent(element, missing -> new ArrayList<>()).add(pool.text(u2()));
            case 'c' -> u2();
            case 'e' -> in.getInt();
            case '@' -> annotation();
            case '[' -> {
                for (int left = u2(); left > 0; left--) {
                    value(element);
                }
            }
            default -> u2();
        }
    }
}
