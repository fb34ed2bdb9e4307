package dev.devshell.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds this codec and the agent's to the same fixtures: {@code NAME.hex} is a stream with one message, {@code NAME.json}
 * says what it means.
 *
 * <p>With {@code -Dfixtures=write} they are written from {@link Samples} instead of compared with them.
 */
class FixtureTests {
    private static final Path FIXTURES = Path.of("../agent/testdata/wire");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> readsAndWritesWhatIsSentToTheAgent() {
        return tests(Samples.toAgent(), FrameReader::fromHost, FrameWriter::toAgent);
    }

    @TestFactory
    Stream<DynamicTest> readsAndWritesWhatIsSentToTheHost() {
        return tests(Samples.toHost(), FrameReader::fromAgent, FrameWriter::toHost);
    }

    @Test
    void hasAFixtureForEveryMessageAndNoOther() throws IOException {
        assertThat(classes(Samples.toAgent().values()))
                .containsExactlyInAnyOrder(HostMessage.class.getPermittedSubclasses());
        assertThat(classes(Samples.toHost().values()))
                .containsExactlyInAnyOrder(AgentMessage.class.getPermittedSubclasses());

        Set<String> names = new HashSet<>(Samples.toAgent().keySet());
        names.addAll(Samples.toHost().keySet());
        try (Stream<Path> files = Files.list(FIXTURES)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\..*", ""))
                            .collect(Collectors.toSet()))
                    .isEqualTo(names);
        }
    }

    private static Class<?>[] classes(Collection<?> messages) {
        return messages.stream().map(Object::getClass).distinct().toArray(Class<?>[]::new);
    }

    private interface Reading<M> {
        FrameReader<M> of(ByteSource source);
    }

    private interface Writing<M> {
        FrameWriter<M> open();
    }

    private static <M> Stream<DynamicTest> tests(Map<String, M> samples, Reading<M> reading, Writing<M> writing) {
        return samples.entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    Path hex = FIXTURES.resolve(sample.getKey() + ".hex");
                    Path json = FIXTURES.resolve(sample.getKey() + ".json");
                    byte[] written = Streams.bytes(writing.open(), List.of(sample.getValue()));
                    if ("write".equals(System.getProperty("fixtures"))) {
                        Files.writeString(hex, lines(written));
                        Files.writeString(
                                json,
                                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Twin.of(sample.getValue()))
                                        + "\n");
                    }
                    byte[] fixture =
                            HexFormat.of().parseHex(Files.readString(hex).replaceAll("\\s", ""));
                    List<M> read = Streams.all(reading.of(Streams.of(fixture)));
                    assertThat(read).isEqualTo(List.of(sample.getValue()));
                    assertThat(Twin.of(read.get(0)).toPrettyString())
                            .isEqualTo(JSON.readTree(json.toFile()).toPrettyString());
                    assertThat(written).isEqualTo(fixture);
                }));
    }

    private static String lines(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceAll("(.{64})(?=.)", "$1\n") + "\n";
    }
}
