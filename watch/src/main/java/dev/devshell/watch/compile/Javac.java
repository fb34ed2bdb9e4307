package dev.devshell.watch.compile;

import dev.devshell.DevshellException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The compiler in this process; its file manager stays open, so that jars are read once. One compilation at a time. */
final class Javac implements AutoCloseable {
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    Javac() {
        JavaCompiler found = ToolProvider.getSystemJavaCompiler();
        if (found == null) {
            throw new DevshellException.Failed(
                    "NO-COMPILER",
                    "there is no Java compiler",
                    "this Java is a runtime alone: " + System.getProperty("java.home"),
                    "set JAVA_HOME to a JDK 17 or later");
        }
        compiler = found;
        files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    }

    /** What came of it: class files by name, or else what is wrong. */
    record Result(Map<String, byte[]> classes, List<Problem> problems) {}

    /**
     * Compiles sources.
     *
     * @param classPath with where classes are that are not compiled anew
     */
    synchronized Result compile(Collection<Path> sources, List<Path> classPath, List<String> options) {
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        Outputs outputs = new Outputs(files);
        try {
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of("-Xlint:none", "-nowarn"));
            boolean done = compiler.getTask(null, outputs, told, all, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            List<Problem> problems = told.getDiagnostics().stream()
                    .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                    .map(Javac::problem)
                    .toList();
            return done ? new Result(outputs.bytes(), List.of()) : new Result(Map.of(), orUnknown(problems));
        } catch (IOException | IllegalArgumentException e) {
            return new Result(Map.of(), List.of(new Problem("", 0, 0, String.valueOf(e.getMessage()))));
        }
    }

    private static List<Problem> orUnknown(List<Problem> problems) {
        return problems.isEmpty()
                ? List.of(new Problem("", 0, 0, "the compiler failed and did not say why"))
                : problems;
    }

    private static Problem problem(Diagnostic<? extends JavaFileObject> one) {
        JavaFileObject source = one.getSource();
        return new Problem(
                source == null ? "" : Path.of(source.toUri()).toString(),
                Math.max(0, one.getLineNumber()),
                Math.max(0, one.getColumnNumber()),
                one.getMessage(Locale.ROOT));
    }

    @Override
    public synchronized void close() throws IOException {
        files.close();
    }

    /** Keeps class files in memory. */
    private static final class Outputs extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        Outputs(StandardJavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            written.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> all = new LinkedHashMap<>();
            written.forEach((name, bytes) -> all.put(name, bytes.toByteArray()));
            return all;
        }
    }
}
