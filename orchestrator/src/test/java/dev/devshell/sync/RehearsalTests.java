package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTests {
    @TempDir
    Path directory;

    @Test
    void playsBothWaysAndLeavesNothing() throws Exception {
        Path scratch = directory.resolve("rehearsal");
        Files.createDirectories(scratch.resolve("left by one that was killed"));

        Rehearsal rehearsal = Rehearsal.begin(scratch);
        rehearsal.await();

        assertThat(rehearsal.played()).isEqualTo(2 * Rehearsal.EDITS);
        assertThat(scratch).doesNotExist();
    }

    @Test
    void endsAtOnceWhenItIsAskedTo() throws Exception {
        Path scratch = directory.resolve("rehearsal");

        Rehearsal rehearsal = Rehearsal.begin(scratch);
        await().until(() -> rehearsal.played() > 2);
        rehearsal.close();
        rehearsal.await();

        assertThat(rehearsal.played()).isLessThan(2 * Rehearsal.EDITS);
        assertThat(scratch).doesNotExist();
    }

    @Test
    void isOfNoMatterWhereItCannotTakePlace() throws IOException, InterruptedException {
        Path file = Files.createFile(directory.resolve("a file"));

        Rehearsal rehearsal = Rehearsal.begin(file.resolve("rehearsal"));
        rehearsal.await();

        assertThat(rehearsal.played()).isZero();
    }
}
