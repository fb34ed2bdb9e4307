package dev.devshell.watch.build;

import java.nio.file.Path;
import java.util.List;

/**
 * Sources that are compiled together.
 *
 * @param sources directories, of which some may not be there
 * @param resources directories whose files are copied as they are
 * @param classes where what is compiled and copied goes
 * @param classPath to compile with, without {@code classes}
 * @param options to compile with
 * @param byTool why only the build tool can compile these; empty where the compiler alone can
 */
public record SourceSet(
        List<Path> sources,
        List<Path> resources,
        Path classes,
        List<Path> classPath,
        List<String> options,
        String byTool) {
    private static final List<String> LANGUAGES = List.of(".java", ".kt", ".groovy", ".scala");

    public SourceSet {
        sources = List.copyOf(sources);
        resources = List.copyOf(resources);
        classPath = List.copyOf(classPath);
        options = List.copyOf(options);
    }

    /** Returns whether a file is one of the sources or resources; what an editor leaves beside sources is none. */
    public boolean contains(Path file) {
        return isSource(file) || resources.stream().anyMatch(file::startsWith);
    }

    /** Returns whether a file is one of the sources, in whatever language. */
    public boolean isSource(Path file) {
        return LANGUAGES.stream().anyMatch(file.toString()::endsWith)
                && sources.stream().anyMatch(file::startsWith);
    }
}
