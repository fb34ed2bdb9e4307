package dev.devshell.watch.compile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The constants of a class file, by their numbers. */
final class ConstantPool {
    /** Of a number: its value. Of a text: itself. Of what only points at others: the number of the first. */
    private final @Nullable Object[] entries;

    private final int[] tags;

    private ConstantPool(int size) {
        entries = new Object[size];
        tags = new int[size];
    }

    static ConstantPool read(ByteBuffer in) {
        ConstantPool pool = new ConstantPool(Short.toUnsignedInt(in.getShort()));
        for (int i = 1; i < pool.tags.length; i++) {
            pool.tags[i] = in.get();
            pool.entries[i] = entry(in, pool.tags[i]);
            if (pool.tags[i] == 5 || pool.tags[i] == 6) {
                // A long or a double takes two numbers.
                i++;
            }
        }
        return pool;
    }

    private static Object entry(ByteBuffer in, int tag) {
        return switch (tag) {
            case 1 -> text(in);
            case 3 -> in.getInt();
            case 4 -> in.getFloat();
            case 5 -> in.getLong();
            case 6 -> in.getDouble();
            // Class, String, MethodType, Module, Package
            case 7, 8, 16, 19, 20 -> Short.toUnsignedInt(in.getShort());
            // Fields, methods, names with types, dynamic ones
            case 9, 10, 11, 12, 17, 18 -> in.getInt();
            // MethodHandle
            case 15 -> in.get() << 16 | Short.toUnsignedInt(in.getShort());
            default -> throw new IllegalArgumentException("a class file with a constant of kind " + tag);
        };
    }

    /** Modified UTF-8 differs from UTF-8 only in what no name has. */
    private static String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    String text(int index) {
        return entries[index] instanceof String text ? text : "";
    }

    /** Returns the class's name with slashes; empty for none. */
    String className(int index) {
        return tags[index] == 7 && entries[index] instanceof Integer name ? text(name) : "";
    }

    /** Returns a constant's value as text. */
    String constant(int index) {
        Object entry = entries[index];
        return tags[index] == 8 && entry instanceof Integer text ? text(text) : String.valueOf(entry);
    }

    /** Returns every class that is named: as such, or within a descriptor, wherever that is used. */
    Set<String> classes() {
        Set<String> classes = new TreeSet<>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == 7) {
                String name = className(i);
                if (name.startsWith("[")) {
                    descriptor(name, classes);
                } else {
                    classes.add(name.replace('/', '.'));
                }
            } else if (tags[i] == 1) {
                descriptor(text(i), classes);
            }
        }
        return classes;
    }

    private static void descriptor(String text, Set<String> into) {
        int from = text.indexOf('L');
        while (from >= 0) {
            int end = from + 1;
            while (end < text.length() && isName(text.charAt(end))) {
                end++;
            }
            if (end < text.length() && (text.charAt(end) == ';' || text.charAt(end) == '<') && end > from + 1) {
                into.add(text.substring(from + 1, end).replace('/', '.'));
            }
            from = text.indexOf('L', from + 1);
        }
    }

    private static boolean isName(char c) {
        return c == '/' || c == '$' || Character.isJavaIdentifierPart(c);
    }
}
