package dev.devshell.watch.compile;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a class file as chapter 4 of the Java Virtual Machine Specification lays it out, of any version. */
final class ClassFileReader {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int PRIVATE = 0x0002;
    private static final int ABSTRACT = 0x0400;
    private static final int SYNTHETIC = 0x1000;
    /** What others see of a class or member; how it does it (synchronized, native, strict) is its own business. */
    private static final int VISIBLE = 0xF6DF;

    private final byte[] bytes;
    private final ByteBuffer in;
    private final ConstantPool pool;
    private final List<String> shape = new ArrayList<>();
    private final List<String> constants = new ArrayList<>();
    private final Map<String, List<String>> annotations = new LinkedHashMap<>();
    private final List<String> methods = new ArrayList<>();
    private String source = "";

    ClassFileReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        try {
            if (in.getInt() != MAGIC) {
                throw new IllegalArgumentException("not a class file");
            }
            in.getInt();
            pool = ConstantPool.read(in);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a class file that ends too early", e);
        }
    }

    ClassFile read() {
        try {
            int access = in.getShort();
            String name = pool.className(u2());
            List<String> parents = new ArrayList<>(List.of(pool.className(u2())));
            parents.addAll(interfaces());
            shape.add(name + " " + (access & VISIBLE) + " " + parents);
            members("field");
            members("method");
            attributes("class", false);
            return new ClassFile(
                    name.replace('/', '.'),
                    source,
                    (access & ABSTRACT) != 0,
                    parents.stream().map(parent -> parent.replace('/', '.')).toList(),
                    uses(name),
                    digest(String.join("\n", new TreeSet<>(shape)).getBytes(StandardCharsets.UTF_8)),
                    digest(String.join("\n", new TreeSet<>(constants)).getBytes(StandardCharsets.UTF_8)),
                    methods,
                    annotations,
                    digest(bytes));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a class file that is broken", e);
        }
    }

    private int u2() {
        return Short.toUnsignedInt(in.getShort());
    }

    private List<String> interfaces() {
        List<String> names = new ArrayList<>();
        for (int left = u2(); left > 0; left--) {
            names.add(pool.className(u2()));
        }
        return names;
    }

    private void members(String kind) {
        for (int left = u2(); left > 0; left--) {
            int access = u2();
            String name = pool.text(u2());
            if (kind.equals("method") && !name.startsWith("<") && !methods.contains(name)) {
                methods.add(name);
            }
            String what = kind + " " + name + " " + pool.text(u2()) + " " + (access & VISIBLE);
            boolean visible = (access & (PRIVATE | SYNTHETIC)) == 0;
            if (visible) {
                shape.add(what);
            }
            attributes(what, visible);
        }
    }

    private void attributes(String of, boolean visible) {
        for (int left = u2(); left > 0; left--) {
            String name = pool.text(u2());
            int length = in.getInt();
            int end = in.position() + length;
            switch (name) {
                case "SourceFile" -> source = pool.text(u2());
                case "ConstantValue" -> {
                    if (visible) {
                        constants.add(of + " " + pool.constant(u2()));
                    }
                }
                // Generics, and what a caller has to catch.
                case "Signature" -> describe(visible || of.equals("class"), of + " " + pool.text(u2()));
                case "Exceptions" -> describe(visible, of + " throws " + interfaces());
                case "RuntimeVisibleAnnotations" -> new AnnotationReader(in, pool, annotations).annotations();
                case "RuntimeVisibleParameterAnnotations" -> new AnnotationReader(in, pool, annotations).parameters();
                // A record's components, a sealed class's subclasses, an annotation's defaults: by their bytes, which
                // may
                // change a little too often.
                case "PermittedSubclasses", "Record", "AnnotationDefault" ->
                    describe(
                            true,
                            of + " " + name + " " + digest(java.util.Arrays.copyOfRange(bytes, in.position(), end)));
                default -> {
                    // Code, and what is for debuggers.
                }
            }
            in.position(end);
        }
    }

    private void describe(boolean visible, String what) {
        if (visible) {
            shape.add(what);
        }
    }

    private Set<String> uses(String self) {
        Set<String> uses = pool.classes();
        uses.remove(self.replace('/', '.'));
        return uses;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
