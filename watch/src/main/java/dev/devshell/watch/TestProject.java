package dev.devshell.watch;

import dev.devshell.watch.build.BuildModel;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.build.Models;
import dev.devshell.watch.compile.ProjectCompiler;
import dev.devshell.watch.select.Chosen;
import dev.devshell.watch.select.NameFilter;
import dev.devshell.watch.select.Selection;
import dev.devshell.watch.select.TestClasses;
import dev.devshell.watch.worker.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A project with tests as it is now: its build, what is compiled of it, and the JVM that its tests run in. */
final class TestProject implements AutoCloseable {
    private final BuildModel model;
    private final ProjectCompiler compiler;
    private final Path scratch;
    private final WorkerJvm.Listener listener;
    private WorkerJvm worker;

    private TestProject(BuildModel model, ProjectCompiler compiler, Path scratch, WorkerJvm.Listener listener) {
        this.model = model;
        this.compiler = compiler;
        this.scratch = scratch;
        this.listener = listener;
        this.worker = WorkerJvm.start(model, scratch, listener);
    }

    static TestProject open(BuildTool tool, Path scratch, TestScreen screen, WorkerJvm.Listener listener) {
        BuildModel model = new Models(tool, scratch).get(screen::busy);
        return new TestProject(model, new ProjectCompiler(model, tool), scratch, listener);
    }

    BuildModel model() {
        return model;
    }

    WorkerJvm worker() {
        return worker;
    }

    /** Ends the worker, whatever it is at, and starts another. */
    void replaceWorker() {
        worker.close();
        worker = WorkerJvm.start(model, scratch, listener);
    }

    boolean isSource(Path file) {
        return model.main().contains(file) || model.test().contains(file);
    }

    /** Returns whether the build writes it: that says nothing that the sources do not. */
    boolean isOutput(Path file) {
        return Stream.of(model.main().classes(), model.test().classes())
                .filter(classes -> classes.startsWith(model.directory()) && !classes.equals(model.directory()))
                .map(classes -> model.directory()
                        .resolve(model.directory().relativize(classes).getName(0)))
                .anyMatch(file::startsWith);
    }

    boolean isBuildFile(Path file) {
        return model.files().contains(file);
    }

    ProjectCompiler.Outcome compile(Collection<Path> changed) {
        compiler.changed(changed);
        return compiler.compile();
    }

    /** Makes the compiler warm, beside whatever is going on. */
    void rehearse() {
        Thread unused = Inbox.start("devshell-watch-rehearsal", compiler::rehearse);
    }

    TestClasses classes() {
        return new TestClasses(compiler.classes(), compiler.testClasses());
    }

    /** Returns what the worker is asked for to run a selection. */
    Order.RunTests order(int id, Selection selection, NameFilter filter) {
        TestClasses classes = classes();
        List<String> selectors = new ArrayList<>();
        for (Chosen one : selection.tests()) {
            for (String name : classes.selectable(one.test())) {
                if (filter.narrows(one.test())) {
                    methods(name, filter).forEach(selectors::add);
                } else {
                    selectors.add("class:" + name);
                }
            }
        }
        return order(id, selectors);
    }

    /** Returns what the worker is asked for to run single tests. */
    Order.RunTests order(int id, List<String> selectors) {
        List<String> roots = Stream.of(model.test().classes(), model.main().classes())
                .filter(Files::isDirectory)
                .map(path -> path + "/")
                .toList();
        return new Order.RunTests(
                id, roots, selectors, model.jvm().includeTags(), model.jvm().excludeTags());
    }

    private Stream<String> methods(String name, NameFilter filter) {
        return compiler.testClasses().stream()
                .filter(file -> file.name().equals(name))
                .flatMap(file -> file.methods().stream())
                .filter(method -> filter.matchesMethod(TestClasses.top(name), method))
                .map(method -> "method:" + name + "#" + method);
    }

    @Override
    public void close() {
        worker.close();
        compiler.close();
    }
}
