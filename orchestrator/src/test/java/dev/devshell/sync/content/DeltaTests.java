package dev.devshell.sync.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.sync.core.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds digests and deltas of large contents to the fixture that the agent is held to. With {@code -Dfixtures=write} what is expected there is written anew.
 *
 * <p>A piece of a content is a stretch of the endless bytes that a linear congruential generator makes from a seed.
 */
class DeltaTests {
    private static final Path FIXTURE = Path.of("../agent/testdata/blocks.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> agreesWithTheAgent() throws IOException {
        JsonNode cases = JSON.readTree(FIXTURE.toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> {
                    byte[] base = content(each.get("base"));
                    byte[] fresh = content(each.get("fresh"));
                    List<String> parts = parts(fresh, base);
                    if ("write".equals(System.getProperty("fixtures"))) {
                        ObjectNode written = (ObjectNode) each;
                        written.put("digest", Digest.of(fresh).toHex());
                        ArrayNode list = written.putArray("parts");
                        parts.forEach(list::add);
                        Files.writeString(
                                FIXTURE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(cases) + "\n");
                    }
                    assertThat(hash(fresh).digest().toHex())
                            .isEqualTo(Digest.of(fresh).toHex())
                            .isEqualTo(each.get("digest").asText());
                    assertThat(parts).containsExactly(strings(each.get("parts")));
                }));
    }

    private static String[] strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
    }

    private static byte[] content(JsonNode pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (JsonNode piece : pieces) {
            int state = piece.get("seed").asInt();
            int from = piece.get("from").asInt();
            int end = from + piece.get("length").asInt();
            for (int i = 0; i < end; i++) {
                state = state * 1_664_525 + 1_013_904_223;
                if (i >= from) {
                    out.write(state >>> 24);
                }
            }
        }
        return out.toByteArray();
    }

    private static BlockHasher.Hashed hash(byte[] content) {
        BlockHasher hasher = new BlockHasher();
        int step = 1;
        for (int at = 0; at < content.length; at += step, step = step * 2 + 1) {
            hasher.update(content, at, Math.min(step, content.length - at));
        }
        return hasher.finish();
    }

    private static Blocks blocks(byte[] content) {
        return Objects.requireNonNull(hash(content).blocks());
    }

    private static Delta delta(byte[] fresh, byte[] base) {
        return new Delta(
                blocks(fresh), blocks(base), (position, into) -> into.put(fresh, (int) position, into.remaining()));
    }

    private static List<String> parts(byte[] fresh, byte[] base) throws IOException {
        if (fresh.length <= Digest.LARGE || base.length <= Digest.LARGE) {
            return List.of();
        }
        Delta delta = delta(fresh, base);
        List<String> parts = new ArrayList<>();
        for (Delta.Part part = delta.next(); part != null; part = delta.next()) {
            if (part instanceof Delta.Part.Copy copy) {
                copy.ranges().forEach(range -> parts.add("copy " + range.offset() + " " + range.length()));
            } else if (part instanceof Delta.Part.Data data) {
                parts.add("data " + data.bytes().length);
            }
        }
        return parts;
    }

    @Test
    @DisplayName("rule 7: what a delta says makes the new content, whatever was done to the old one")
    void makesTheNewContentFromTheOldOne() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 30; round++) {
            byte[] base = bytes(random, Digest.LARGE + 1 + random.nextInt(3 << 20));
            byte[] fresh = base;
            for (int edit = random.nextInt(4); edit >= 0; edit--) {
                fresh = edited(random, fresh);
            }
            Delta delta = delta(fresh, base);
            ByteArrayOutputStream made = new ByteArrayOutputStream();
            for (Delta.Part part = delta.next(); part != null; part = delta.next()) {
                if (part instanceof Delta.Part.Copy copy) {
                    copy.ranges().forEach(range -> made.write(base, (int) range.offset(), (int) range.length()));
                } else if (part instanceof Delta.Part.Data data) {
                    made.writeBytes(data.bytes());
                }
            }
            assertThat(made.toByteArray()).isEqualTo(fresh);
        }
    }

    private static byte[] edited(Random random, byte[] content) {
        int at = random.nextInt(content.length);
        int removed = random.nextInt(Math.min(300_000, content.length - at) + 1);
        int added = Math.max(random.nextInt(300_000), Digest.LARGE + 1 - content.length + removed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(content, 0, at);
        out.writeBytes(bytes(random, added));
        out.write(content, at + removed, content.length - at - removed);
        return out.toByteArray();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void forgetsTheBlocksThatNobodyAsksFor() {
        BlockLists lists = new BlockLists(40);
        List<Blocks> all = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            Blocks blocks = blocks(bytes(new Random(seed), 2 << 20));
            all.add(blocks);
            lists.add(blocks.digest(), blocks);
            assertThat(lists.find(all.get(0).digest())).isNotNull();
        }
        assertThat(lists.find(all.get(1).digest())).isNull();
        assertThat(lists.find(all.get(2).digest())).isEqualTo(all.get(2));
    }
}
