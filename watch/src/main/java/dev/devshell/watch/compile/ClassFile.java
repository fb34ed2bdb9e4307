package dev.devshell.watch.compile;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a class file says of its class, as far as others are concerned.
 *
 * @param name as in a program, with {@code $} for nested classes
 * @param source the file's name, without its directory; empty where the compiler left that out
 * @param isAbstract whether it has no instances: an interface, an annotation, an abstract class
 * @param parents its superclass and interfaces
 * @param uses the classes that it names, whatever for; more than it needs rather than fewer
 * @param shape changes with everything that code compiled against it depends on
 * @param constants changes with the values that the compiler copies into other classes, where they leave no trace
 * @param methods their names, without constructors
 * @param annotations of the class and its members: {@code TYPE#ELEMENT} and the texts that stand there
 * @param content changes with anything
 */
public record ClassFile(
        String name,
        String source,
        boolean isAbstract,
        List<String> parents,
        Set<String> uses,
        String shape,
        String constants,
        List<String> methods,
        Map<String, List<String>> annotations,
        String content) {
    public ClassFile {
        parents = List.copyOf(parents);
        uses = Set.copyOf(uses);
        methods = List.copyOf(methods);
        annotations = Map.copyOf(annotations);
    }

    /** Returns the name of the class that this is nested in, at the top; its own otherwise. */
    public String top() {
        int dollar = name.indexOf('$', name.lastIndexOf('.') + 2);
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    /** Returns its source, relative to a directory of sources; empty where the compiler did not say. */
    public String sourcePath() {
        int dot = name.lastIndexOf('.');
        return source.isEmpty() || dot < 0 ? source : name.substring(0, dot).replace('.', '/') + "/" + source;
    }

    /** Reads the bytes of a class file. */
    public static ClassFile read(byte[] bytes) {
        return new ClassFileReader(bytes).read();
    }
}
