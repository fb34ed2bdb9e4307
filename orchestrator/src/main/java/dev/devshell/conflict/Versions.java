package dev.devshell.conflict;

import dev.devshell.DevSession;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Reads both versions of a conflict, as they stand now. */
public final class Versions {
    private final DevSession session;
    private final ContainerFiles files;

    public Versions(DevSession session, ContainerFiles files) {
        this.session = session;
        this.files = files;
    }

    /** Returns what stands on the host. */
    public static Contents host(Path path) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (facts.isSymbolicLink()) {
                return new Contents.Link(Files.readSymbolicLink(path).toString());
            }
            if (facts.isDirectory()) {
                return new Contents.Directory();
            }
            if (!facts.isRegularFile()) {
                return new Contents.Unreadable("something special");
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Contents.File(in.readNBytes(Contents.MOST_BYTES + 1), facts.size());
            }
        } catch (NoSuchFileException e) {
            return new Contents.Absent();
        } catch (IOException e) {
            return new Contents.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Returns what stands in the container. */
    public Contents container(Sync.Conflict conflict) {
        Optional<String> id = session.sync().status().replicas().stream()
                .filter(replica ->
                        replica.service().equals(conflict.service()) && replica.number() == conflict.number())
                .map(SyncStatus.Replica::containerId)
                .findFirst();
        if (id.isEmpty()) {
            return new Contents.Unreadable("the container is gone");
        }
        try {
            return files.read(id.get(), conflict.containerPath(), Contents.MOST_BYTES + 1);
        } catch (IOException e) {
            return new Contents.Unreadable(String.valueOf(e.getMessage()));
        }
    }
}
