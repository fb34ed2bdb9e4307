package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerTests {
    private static final Owner SELF = Owner.self();

    @Test
    void isReadAsItWasWritten() {
        assertThat(Owner.parse(SELF.text())).contains(SELF);
        assertThat(SELF.text()).doesNotContain(" ", "$", "\"");
        assertThat(Owner.parse("a/b/c/none/d")).isEmpty();
        assertThat(Owner.parse("")).isEmpty();
    }

    @Test
    void isGoneWhenItsProcessEndedOrItsIdIsAnothersNow() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        Owner owner = Owner.of(process.toHandle());
        assertThat(owner.isGone()).isFalse();

        process.destroyForcibly().waitFor();

        assertThat(owner.isGone()).isTrue();
        assertThat(SELF.isGone()).isFalse();
        assertThat(new Owner(SELF.machine(), SELF.boot(), SELF.space(), SELF.pid(), "1").isGone())
                .isTrue();
        assertThat(new Owner(SELF.machine(), "before", SELF.space(), SELF.pid(), SELF.start()).isGone())
                .isTrue();
    }

    @Test
    void isNotKnownToBeGoneFromAnotherMachineOrContainer() {
        assertThat(new Owner("other", "boot", "space", 1, "1").isGone()).isFalse();
        assertThat(new Owner(SELF.machine(), SELF.boot(), "other", 1, "1").isGone())
                .isFalse();
    }

    @Test
    void isFoundByWhatItWroteDownWithoutAnEngine(@TempDir Path root) throws IOException {
        Path places = Files.createDirectories(root.resolve("devshell"));
        record(places.resolve("dead"), new Owner(SELF.machine(), "before", "", 1, "1"), "shop-dead");
        record(places.resolve("live"), SELF, "shop-live");
        Files.createDirectories(places.resolve("somebody"));

        Strays strays = new Strays(Map.of("XDG_STATE_HOME", root.toString()));

        assertThat(strays.recorded()).containsExactly("shop-dead");
    }

    private static void record(Path state, Owner owner, String project) throws IOException {
        Files.createDirectories(state);
        Files.writeString(state.resolve(FreshProject.RECORD), owner.text() + "\n" + project + "\n/tmp/none\n");
    }
}
