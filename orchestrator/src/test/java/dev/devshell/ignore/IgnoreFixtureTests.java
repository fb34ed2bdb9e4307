package dev.devshell.ignore;

import static java.util.stream.Collectors.joining;
import static java.util.stream.StreamSupport.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds this end to the fixture that the agent is held to as well. */
final class IgnoreFixtureTests {
    private static final Path FIXTURE = Path.of("..", "agent", "testdata", "ignore.json");

    @TestFactory
    Stream<DynamicNode> matchesAsTheFixtureSays() throws IOException {
        JsonNode sets = new ObjectMapper().readTree(FIXTURE.toFile());
        assertThat(sets).hasSizeGreaterThanOrEqualTo(30);
        return stream(sets.spliterator(), false)
                .map(set -> DynamicTest.dynamicTest(set.get("note").asText(), () -> check(set)));
    }

    private static void check(JsonNode set) {
        IgnoreRules rules = rules(set);
        assertThat(rules.rules()).isEqualTo(list(set.get("rules"), IgnoreFixtureTests::rule));
        IgnoreMatcher matcher = rules.matcher();
        for (JsonNode it : set.get("cases")) {
            Verdict verdict =
                    matcher.verdict(it.get("path").asText(), it.get("directory").asBoolean());
            assertThat(List.of(verdict.ignored(), verdict.descend()))
                    .as(it.toString())
                    .isEqualTo(List.of(
                            it.get("ignored").asBoolean(), it.get("descend").asBoolean()));
        }
    }

    private static IgnoreRules rules(JsonNode set) {
        List<GitIgnoreFile> files = list(
                set.get("files"),
                file -> new GitIgnoreFile(
                        file.get("base").asText(),
                        stream(file.get("lines").spliterator(), false)
                                .map(line -> line.asText() + "\n")
                                .collect(joining())));
        return switch (Dialect.valueOf(set.get("dialect").asText().toUpperCase(Locale.ROOT))) {
            case GIT -> IgnoreRules.git(files);
            case DOCKER -> IgnoreRules.docker(files.get(0).text());
        };
    }

    private static IgnoreRule rule(JsonNode node) {
        return new IgnoreRule(
                node.get("glob").asText(),
                node.get("negated").asBoolean(),
                node.get("directoryOnly").asBoolean());
    }

    private static <T> List<T> list(JsonNode array, java.util.function.Function<JsonNode, T> read) {
        return stream(array.spliterator(), false).map(read).toList();
    }
}
