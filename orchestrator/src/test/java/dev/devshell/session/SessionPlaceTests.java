package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPlaceTests {
    @TempDir
    Path root;

    @Test
    void isTheSameByWhateverPathTheProjectIsReached() throws IOException {
        Path project = Files.createDirectory(root.resolve("project"));
        Path link = Files.createSymbolicLink(root.resolve("link"), project);

        assertThat(SessionPlace.of(link, "blog", Map.of())).isEqualTo(SessionPlace.of(project, "blog", Map.of()));
        assertThat(SessionPlace.of(project, "shop", Map.of())).isNotEqualTo(SessionPlace.of(project, "blog", Map.of()));
        assertThat(SessionPlace.of(root, "blog", Map.of())).isNotEqualTo(SessionPlace.of(project, "blog", Map.of()));
    }

    @Test
    void followsTheXdgDirectories() {
        Map<String, String> env = Map.of("XDG_RUNTIME_DIR", "/tmp", "XDG_STATE_HOME", "/tmp/state", "HOME", "/home/u");

        SessionPlace place = SessionPlace.of(root, "blog", env);

        assertThat(place.socket().toString()).startsWith("/tmp/devshell/blog-").endsWith("/sock");
        assertThat(place.state().toString()).startsWith("/tmp/state/devshell/blog-");
        assertThat(SessionPlace.of(root, "blog", Map.of("HOME", "/home/u"))
                        .state()
                        .toString())
                .startsWith("/home/u/.local/state/devshell/blog-");
    }

    @Test
    void keepsTheSocketsPathShortEnoughForTheKernel() throws IOException {
        Path deep = Files.createDirectories(root.resolve("d".repeat(90)));

        SessionPlace place = SessionPlace.of(root, "n".repeat(200), Map.of("XDG_RUNTIME_DIR", deep.toString()));

        assertThat(place.socket().toString()).hasSizeLessThan(100);
    }

    @Test
    void makesDirectoriesThatOnlyTheUserCanEnter() throws IOException {
        SessionPlace place = place();

        place.create();
        place.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.runtime())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.state())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesADirectoryThatOthersCanEnter() throws IOException {
        SessionPlace place = place();
        place.create();
        Files.setPosixFilePermissions(place.runtime(), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(place::create)
                .isInstanceOf(DevshellException.Failed.class)
                .extracting(e -> ((DevshellException) e).why())
                .asString()
                .contains("rwxr-xr-x");
    }

    @Test
    void refusesALinkInItsPlace() throws IOException {
        SessionPlace place = place();
        Files.createDirectories(
                place.runtime().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createSymbolicLink(place.runtime(), elsewhere);

        assertThatThrownBy(place::create).isInstanceOf(DevshellException.Failed.class);
    }

    @Test
    void isLockedByOneSessionAtATime() {
        SessionPlace place = place();
        place.create();

        try (SessionLock first = SessionLock.tryTake(place.lock()).orElseThrow()) {
            assertThat(SessionLock.tryTake(place.lock())).isEmpty();
            assertThat(first).isNotNull();
        }
        SessionLock again = SessionLock.tryTake(place.lock()).orElseThrow();
        again.close();
    }

    private SessionPlace place() {
        return new SessionPlace(
                root.resolve("run").resolve("blog-1"), root.resolve("state").resolve("blog-1"));
    }
}
