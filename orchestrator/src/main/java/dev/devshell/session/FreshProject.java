package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.compose.Compose;
import dev.devshell.compose.ComposeOptions;
import dev.devshell.compose.ComposeProject;
import dev.devshell.compose.Remains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A copy of a project that is thrown away: of a name of its own, with ports that the engine chooses, and labelled with the process
 * that made it, so that it can be removed when that process could not ({@link Strays}).
 *
 * <p>Closing removes its containers, networks, volumes, images and state; end its session before.
 */
public final class FreshProject implements AutoCloseable {
    static final String LABEL = "dev.devshell.owner";
    static final String RECORD = "owner";
    private static final int LONGEST_NAME = 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ComposeOptions options;
    private final String name;
    private final SessionPlace place;

    private FreshProject(ComposeOptions options, String name, SessionPlace place) {
        this.options = options;
        this.name = name;
        this.place = place;
    }

    /** Makes a copy of the project that options name; nothing of it is on the engine yet. */
    public static FreshProject of(ComposeOptions original) {
        Compose compose = new Compose(original);
        ComposeProject project = compose.config();
        String name = name(project.name());
        Owner owner = Owner.self();
        SessionPlace place = SessionPlace.of(project.directory(), name, original.environment())
                .create();
        Path overlay = place.state().resolve("isolation.yaml");
        write(place.state().resolve(RECORD), owner.text() + "\n" + name + "\n" + place.runtime() + "\n");
        write(overlay, compose.isolation(name, Map.of(LABEL, owner.text())));
        List<Path> files = new ArrayList<>(project.files());
        files.add(overlay);
        return new FreshProject(
                original.withFiles(files).withProjectName(name).withProjectDirectory(project.directory()), name, place);
    }

    private static String name(String original) {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        String kept = original.length() <= LONGEST_NAME ? original : original.substring(0, LONGEST_NAME);
        return kept + "-" + HexFormat.of().formatHex(random);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-STATE", "cannot write " + file, String.valueOf(e), "devshell doctor", e);
        }
    }

    /** Returns the options that name the copy. */
    public ComposeOptions options() {
        return options;
    }

    public String name() {
        return name;
    }

    @Override
    public void close() {
        new Remains(options).remove(name);
        DeadPlace.delete(place.runtime());
        DeadPlace.delete(place.state());
    }
}
