package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devshell.fault.Faults;
import dev.devshell.fault.FaultyDisk;
import dev.devshell.sync.core.Ancestor;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AncestorJournalTests {
    private static final Ancestor FILE = Ancestor.agreed(new Node.File(Digest.EMPTY, true));
    private static final Ancestor LINK = Ancestor.agreed(new Node.Link("ziel/ü"));
    private static final Ancestor IMAGE = new Ancestor(Node.absent(), Node.directory());

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("deep/er/journal");
    }

    @Test
    void rememberWhatWasPutAcrossOpenings() throws IOException {
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            journal.put("/app/a", FILE);
            journal.establish();
            journal.put("/app/l", LINK);
            journal.put("/app/gone", FILE);
            journal.put("/app/gone", Ancestor.nothing());
            journal.put("/app/image", IMAGE);
        }
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(journal.isEstablished()).isTrue();
            assertThat(all(journal))
                    .hasSize(3)
                    .containsEntry("/app/a", FILE)
                    .containsEntry("/app/l", LINK)
                    .containsEntry("/app/image", IMAGE);
        }
    }

    @Test
    @DisplayName("rule 6: what follows a record of which only half fitted on the disk is read all the same")
    void goesOnAfterAWriteThatFailedHalfway() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        Faults faults = new Faults((point, all) -> {
            if (full.get()) {
                throw Faults.Errno.NO_SPACE.of(point);
            }
        });
        try (AncestorJournal journal = AncestorJournal.open(FaultyDisk.of(file, faults))) {
            journal.establish();
            journal.put("/app/a", FILE);
            full.set(true);
            assertThatThrownBy(journal::flush).hasMessageContaining("No space left");
            full.set(false);
            journal.put("/app/l", LINK);
        }
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(all(journal)).hasSize(2).containsEntry("/app/a", FILE).containsEntry("/app/l", LINK);
        }
    }

    @Test
    @DisplayName("rule 10: a baseline that was never finished is no ancestor")
    void isNoAncestorUntilItIsEstablished() throws IOException {
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            journal.put("/app/a", FILE);
            journal.flush();
        }
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(journal.isEstablished()).isFalse();
            assertThat(all(journal)).isEmpty();
        }
    }

    @Test
    @DisplayName("rule 6: a log cut at any byte says what the whole records before the cut say")
    void survivesBeingCutAtAnyByte() throws IOException {
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            journal.establish();
            for (int i = 0; i < 10; i++) {
                journal.put("/app/" + i, FILE);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        int last = -1;
        for (int cut = 6; cut <= whole.length; cut++) {
            Files.write(file, Arrays.copyOf(whole, cut));
            try (AncestorJournal journal = AncestorJournal.open(file)) {
                int size = journal.all().size();
                assertThat(size).isBetween(last, 10);
                assertThat(journal.isEstablished()).isTrue();
                last = size;
                journal.put("/app/after", LINK);
            }
            try (AncestorJournal journal = AncestorJournal.open(file)) {
                assertThat(all(journal)).hasSize(last + 1).containsEntry("/app/after", LINK);
            }
        }
        assertThat(last).isEqualTo(10);
    }

    @Test
    void aDamagedRecordEndsTheLogInsteadOfLying() throws IOException {
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            journal.establish();
            journal.put("/app/a", FILE);
            journal.put("/app/b", FILE);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(all(journal)).containsOnlyKeys("/app/a");
        }
    }

    @Test
    @DisplayName("rule 7: the log of a path that changes for ever stays bounded, and no edit rewrites it")
    void staysBounded() throws IOException {
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            journal.establish();
            for (int i = 0; i < 25_000; i++) {
                journal.put("/app/a", i % 2 == 0 ? FILE : LINK);
                journal.flush();
            }
        }
        assertThat(Files.size(file)).isLessThan(10_100L * 64);
        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(journal.get("/app/a")).isEqualTo(LINK);
        }
    }

    @Test
    void somethingElseUnderItsNameCountsAsNoAncestor() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not a journal at all");

        try (AncestorJournal journal = AncestorJournal.open(file)) {
            assertThat(journal.isEstablished()).isFalse();
        }
    }

    private static Map<String, Ancestor> all(AncestorJournal journal) {
        Map<String, Ancestor> all = new TreeMap<>();
        journal.all().forEach(all::put);
        return all;
    }
}
