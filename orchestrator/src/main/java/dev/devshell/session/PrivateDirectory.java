package dev.devshell.session;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Directories that nobody but their user can enter. */
final class PrivateDirectory {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /**
     * Makes a directory of mode 0700, or checks one that is there: a link, a foreign owner or a wider mode is refused, for
     * whoever can enter it could speak to the session.
     */
    static Path ensure(Path directory) {
        try {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } catch (FileAlreadyExistsException e) {
                verify(directory);
            }
            return directory;
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-DIRECTORY",
                    "cannot make the directory " + directory,
                    String.valueOf(e),
                    "set XDG_RUNTIME_DIR and XDG_STATE_HOME to directories that can be written",
                    e);
        }
    }

    static void verify(Path directory) throws IOException {
        PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()) {
            throw refused(directory, "it is not a directory");
        }
        Object uid = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!uid.equals(User.id())) {
            throw refused(directory, "it belongs to " + found.owner().getName());
        }
        if (!found.permissions().equals(OWNER_ONLY)) {
            throw refused(directory, "its mode is " + PosixFilePermissions.toString(found.permissions()));
        }
    }

    private static DevshellException refused(Path directory, String why) {
        return new DevshellException.Failed(
                "UNSAFE-DIRECTORY",
                "will not use the directory " + directory,
                why + ", so others could speak to the session",
                "remove it, or: chmod 700 " + directory);
    }
}
