package dev.devshell.repl.completion;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;

/** Files and directories of this machine. */
public final class HostPaths implements Values {
    private static final int MOST = 2000;

    private final Path workingDirectory;

    /**
     * @param workingDirectory where relative paths start from
     */
    public HostPaths(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    @Override
    public List<Candidate> of(Asked asked) {
        int slash = asked.word().lastIndexOf('/');
        String before = asked.word().substring(0, slash + 1);
        boolean hidden = asked.word().startsWith(".", slash + 1);
        List<Candidate> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(workingDirectory.resolve(before))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean directory = Files.isDirectory(entry);
                if ((hidden || !name.startsWith(".")) && found.size() < MOST) {
                    found.add(candidate(before, directory ? name + "/" : name));
                }
            }
        } catch (IOException | InvalidPathException e) {
            // Nothing is there, or nothing that may be read: there is nothing to choose from.
            return List.of();
        }
        return found;
    }

    /**
     * @param before the directories that were typed
     * @param name with a slash at its end where it is a directory, so that one can go on below it
     */
    static Candidate candidate(String before, String name) {
        return new Candidate(before + name, name, "paths", null, null, null, !name.endsWith("/"));
    }
}
