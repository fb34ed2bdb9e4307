package dev.devshell.watch.compile;

import dev.devshell.DevshellException;
import dev.devshell.watch.build.BuildModel;
import dev.devshell.watch.build.BuildTool;
import dev.devshell.watch.build.SourceSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles a project's main sources and tests, as far as changes ask for it. One thread at a time. */
public final class ProjectCompiler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProjectCompiler.class);

    private final BuildModel model;
    private final BuildTool tool;
    private final Javac javac = new Javac();
    private final SourceCompiler main;
    private final SourceCompiler test;
    private boolean toolDue;

    public ProjectCompiler(BuildModel model, BuildTool tool) {
        this.model = model;
        this.tool = tool;
        this.main = new SourceCompiler(model.main(), javac);
        this.test = new SourceCompiler(model.test(), javac);
        boolean mains = main.findChanged();
        boolean tests = test.findChanged();
        toolDue = (mains && !model.main().byTool().isEmpty())
                || (tests && !model.test().byTool().isEmpty());
    }

    /**
     * What came of it.
     *
     * @param changed classes that are others now, or gone; none where something does not compile
     * @param problems why it does not compile; empty where it does
     */
    public record Outcome(Set<String> changed, List<Problem> problems) {
        public Outcome {
            changed = Set.copyOf(changed);
            problems = List.copyOf(problems);
        }
    }

    /** Takes in files that have changed; what is neither source nor resource is no matter. */
    public void changed(Collection<Path> files) {
        for (Path file : files) {
            take(model.main(), main, file);
            take(model.test(), test, file);
        }
    }

    private void take(SourceSet set, SourceCompiler compiler, Path file) {
        if (!set.contains(file)) {
            return;
        }
        if (!set.byTool().isEmpty()) {
            toolDue = true;
        } else if (set.isSource(file)) {
            if (file.toString().endsWith(".java")) {
                compiler.changed(file);
            } else {
                // Kotlin, Groovy: no business of javac.
                toolDue = true;
            }
        } else {
            set.resources().stream().filter(file::startsWith).findFirst().ifPresent(root -> copy(set, root, file));
        }
    }

    private static void copy(SourceSet set, Path root, Path file) {
        Path target = set.classes().resolve(root.relativize(file).toString());
        try {
            if (Files.isRegularFile(file)) {
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            } else if (!Files.exists(file)) {
                Files.deleteIfExists(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("copying " + file, e);
        }
    }

    /** Compiles some tests for nothing, so that the compiler is warm when the first of them is saved; from any thread. */
    public void rehearse() {
        if (model.test().byTool().isEmpty()) {
            test.rehearse();
        }
    }

    /** Compiles what is due. */
    public Outcome compile() {
        return toolDue ? byTool() : inProcess();
    }

    private Outcome inProcess() {
        SourceCompiler.Outcome mains = main.compile();
        if (!mains.problems().isEmpty()) {
            return new Outcome(Set.of(), mains.problems());
        }
        test.reshaped(mains.reshaped(), mains.constants());
        SourceCompiler.Outcome tests = test.compile();
        if (!tests.problems().isEmpty()) {
            // Main has new classes already; the tests that stand on them are due with the next change.
            unseen.addAll(mains.changed());
            return new Outcome(Set.of(), tests.problems());
        }
        Set<String> changed = new LinkedHashSet<>(unseen);
        unseen.clear();
        changed.addAll(mains.changed());
        changed.addAll(tests.changed());
        return new Outcome(changed, List.of());
    }

    private final Set<String> unseen = new LinkedHashSet<>();

    private Outcome byTool() {
        try {
            tool.compile(line -> LOG.debug("{}", line));
        } catch (DevshellException.Failed e) {
            return new Outcome(Set.of(), List.of(new Problem("", 0, 0, e.why())));
        }
        toolDue = false;
        main.compiledElsewhere();
        test.compiledElsewhere();
        Set<String> changed = new LinkedHashSet<>(main.tree().refresh());
        changed.addAll(test.tree().refresh());
        return new Outcome(changed, List.of());
    }

    /** Returns the classes of main and tests. */
    public List<ClassFile> classes() {
        List<ClassFile> all = new ArrayList<>(main.tree().all());
        all.addAll(test.tree().all());
        return all;
    }

    /** Returns the classes of the tests. */
    public Collection<ClassFile> testClasses() {
        return test.tree().all();
    }

    @Override
    public void close() {
        try {
            javac.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the compiler", e);
        }
    }
}
