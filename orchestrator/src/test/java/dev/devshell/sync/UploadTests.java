package dev.devshell.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Large contents that are put beside the stream, and what comes of it where that goes wrong. */
class UploadTests {
    private static final int LEAST = 1 << 20;
    private static final int SIZE = (5 << 20) + 4_711;

    @TempDir
    Path directory;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private RealPair pair;

    @BeforeEach
    void attach() throws Exception {
        pair = new RealPair(directory);
        pair.agent.leastUpload = LEAST;
        pair.agent.uploads = this::counted;
        pair.attach();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private Upload counted(Upload upload) {
        begun.incrementAndGet();
        return new Passing(upload) {
            @Override
            public void finish() throws IOException {
                super.finish();
                finished.incrementAndGet();
            }
        };
    }

    /** Moves a file into the host's tree whole. */
    private Path put(String name, byte[] content) throws IOException {
        Path beside = Files.write(pair.base.resolve("beside"), content);
        return Files.move(beside, pair.host.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void arrives(String name) throws IOException {
        pair.flush();
        assertThat(Files.mismatch(pair.host.resolve(name), pair.container.resolve(name)))
                .isEqualTo(-1);
        assertThat(pair.agent.uploaded()).isEmpty();
    }

    @Test
    @DisplayName("rule 4: a large new file that was put beside the stream is there whole, with its mode and its time")
    void putsALargeNewFileBesideTheStream() throws Exception {
        Path file = Files.write(pair.base.resolve("beside"), random(1));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-02-02T02:02:02Z")));
        Files.move(file, pair.host.resolve("large"));

        arrives("large");
        assertThat(finished).hasValue(1);
        Path there = pair.container.resolve("large");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(there).toInstant()).isEqualTo("2020-02-02T02:02:02Z");
    }

    @Test
    @DisplayName("rule 1: what a file replaces that was put beside the stream is in the history")
    void keepsWhatItReplaces() throws Exception {
        RealPair.write(pair.host, "large", "small");
        pair.flush();
        put("large", random(1));

        arrives("large");
        assertThat(finished).hasValue(1);
        await().untilAsserted(() ->
                assertThat(pair.sync.history(java.util.Optional.empty(), 10)).hasSize(1));
    }

    @Test
    @DisplayName("rule 7: an edit inside the file is sent as what changed, not put beside the stream once more")
    void sendsAnEditOverTheStream() throws Exception {
        put("large", random(1));
        arrives("large");
        byte[] edited = random(1);
        edited[1 << 20] ^= 1;
        put("large", edited);

        arrives("large");
        assertThat(begun).hasValue(1);
    }

    @Test
    void putsManyBesideTheStreamOneAfterTheOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            put("large" + i, random(i));
        }
        for (int i = 0; i < 5; i++) {
            arrives("large" + i);
        }
        assertThat(finished).hasValue(5);
    }

    /** What may go wrong with an upload. */
    private enum Fault {
        REFUSED {
            @Override
            Upload on(Upload upload) throws IOException {
                upload.close();
                return new Passing(upload) {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        throw new IOException("the engine did not take the file");
                    }
                };
            }
        },
        BROKEN_IN_ITS_MIDDLE {
            @Override
            Upload on(Upload upload) {
                return new Passing(upload) {
                    private int written;

                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        written += bytes.remaining();
                        if (written > SIZE / 2) {
                            throw new IOException("Broken pipe");
                        }
                        super.write(bytes);
                    }
                };
            }
        },
        REFUSED_AT_ITS_END {
            @Override
            Upload on(Upload upload) {
                return new Passing(upload) {
                    @Override
                    public void finish() throws IOException {
                        throw new IOException("no space left on device");
                    }
                };
            }
        },
        ANOTHER_CONTENT {
            @Override
            Upload on(Upload upload) {
                return new Passing(upload) {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        super.write(ByteBuffer.allocate(bytes.remaining()));
                    }
                };
            }
        },
        PUT_ELSEWHERE {
            @Override
            Upload on(Upload upload) {
                return new Passing(upload) {
                    @Override
                    public void write(ByteBuffer bytes) {}

                    @Override
                    public void finish() {}
                };
            }
        },
        STUCK {
            @Override
            Upload on(Upload upload) {
                return new Passing(upload) {
                    private final CountDownLatch closed = new CountDownLatch(1);

                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        try {
                            closed.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new ClosedChannelException();
                    }

                    @Override
                    public void close() throws IOException {
                        closed.countDown();
                        super.close();
                    }
                };
            }
        };

        abstract Upload on(Upload upload) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("rules 1 and 2: a file that cannot be put beside the stream goes over it, and nothing is left of it")
    void goesOverTheStreamAfterAll(Fault fault) throws Exception {
        pair.agent.uploads = upload -> {
            begun.incrementAndGet();
            try {
                return fault.on(upload);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        put("large", random(1));

        arrives("large");
        assertThat(begun).hasValue(1);
    }

    @Test
    void putsNoMoreBesideTheStreamAfterSomeThatFailed() throws Exception {
        pair.agent.uploads = upload -> {
            begun.incrementAndGet();
            return new Passing(upload) {
                @Override
                public void finish() throws IOException {
                    throw new IOException("refused");
                }
            };
        };
        for (int i = 0; i < 6; i++) {
            put("large" + i, random(i));
            arrives("large" + i);
        }
        assertThat(begun).hasValue(3);
    }

    @Test
    @DisplayName("rule 2: a file that becomes shorter while it is put beside the stream arrives as it is then")
    void convergesOnAFileThatBecomesShorter() throws Exception {
        pair.agent.uploads = upload -> new Passing(upload) {
            private boolean cut;

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                super.write(bytes);
                if (!cut) {
                    cut = true;
                    try (var file =
                            Files.newByteChannel(pair.host.resolve("large"), java.nio.file.StandardOpenOption.WRITE)) {
                        file.truncate(SIZE / 2);
                    }
                }
            }
        };
        put("large", random(1));

        await().untilAsserted(() -> assertThat(pair.host.resolve("large")).hasSize(SIZE / 2));
        arrives("large");
    }

    @Test
    @DisplayName("rule 7: small edits overtake a file that is being put beside the stream")
    void smallEditsOvertakeIt() throws Exception {
        CompletableFuture<Void> under = new CompletableFuture<>();
        CountDownLatch goOn = new CountDownLatch(1);
        pair.agent.uploads = upload -> new Passing(upload) {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                under.complete(null);
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.write(bytes);
            }
        };
        put("large", random(1));
        under.get(20, TimeUnit.SECONDS);
        RealPair.write(pair.host, "small", "small");

        await().untilAsserted(() -> assertThat(pair.container.resolve("small")).hasContent("small"));
        assertThat(pair.container.resolve("large")).doesNotExist();
        goOn.countDown();
        arrives("large");
    }

    @ParameterizedTest(name = "the agent is killed: {0}")
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    @DisplayName("rule 6: the agent or devshell ends while a file is being put beside the stream")
    void survivesTheEndOfEither(boolean agent) throws Exception {
        CompletableFuture<Void> under = new CompletableFuture<>();
        pair.agent.uploads = upload -> new Passing(upload) {
            private final CountDownLatch closed = new CountDownLatch(1);

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                super.write(bytes);
                if (under.complete(null)) {
                    try {
                        closed.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }

            @Override
            public void close() throws IOException {
                closed.countDown();
                super.close();
            }
        };
        put("large", random(1));
        under.get(20, TimeUnit.SECONDS);
        assertThat(pair.agent.uploaded()).isNotEmpty();
        if (agent) {
            pair.agent.kill();
        } else {
            pair.restart();
        }

        arrives("large");
    }

    @Test
    void isGivenUpWhenItTakesTooLong() {
        assertThat(Uploads.patience(0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Uploads.patience(500 << 20)).isLessThan(Duration.ofSeconds(20));
    }

    private static class Passing implements Upload {
        private final Upload upload;

        Passing(Upload upload) {
            this.upload = upload;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            upload.write(bytes);
        }

        @Override
        public void finish() throws IOException {
            upload.finish();
        }

        @Override
        public void giveUp() throws IOException {
            upload.giveUp();
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }
}
