package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.dockerfile.SourceTree.Kind;
import dev.devshell.ignore.IgnoreRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the mappings to the engine: what it puts into an image is what devshell says, for every file, both ways. */
@Tag("engine")
final class DockerfileDifferentialTests {
    private static final Path CASES = Path.of("src", "test", "resources", "dockerfiles");
    private static final int LONGEST = 20_000;

    @TempDir
    static Path temporary;

    private static DownloadServer server;
    private static final Set<String> BASES = new TreeSet<>();

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        server = new DownloadServer(Files.createDirectories(temporary.resolve("served")));
    }

    @AfterAll
    static void tidy() throws IOException, InterruptedException {
        server.close();
        for (String base : BASES) {
            Engine.removeImage(base);
        }
    }

    @TestFactory
    Stream<DynamicNode> theImageHoldsWhatTheMappingsSay() throws IOException {
        List<DynamicNode> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(CASES)) {
            for (Path file :
                    paths.filter(it -> it.toString().endsWith(".txt")).sorted().toList()) {
                Stream<DynamicTest> tests =
                        BuildCase.read(file).stream().map(it -> DynamicTest.dynamicTest(it.title, () -> check(it)));
                files.add(DynamicContainer.dynamicContainer(String.valueOf(file.getFileName()), tests));
            }
        }
        return files.stream();
    }

    private static void check(BuildCase build) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(temporary, "case");
        build.layOut(directory, server.address());
        for (Map.Entry<String, String> base : build.bases.entrySet()) {
            Engine.buildBase(base.getKey(), base.getValue(), Files.createTempDirectory(temporary, "base"));
            BASES.add(base.getKey());
        }
        Path archive = directory.resolve("image.tar");
        Engine.build(build, directory, archive);
        Tar image = Tar.read(archive, LONGEST);
        Files.delete(archive);

        SortedSet<String> actual = found(contents(build, directory), image);
        assertThat(actual).isNotEmpty();
        assertThat(derived(request(build, directory, ImageDirectories.CUSTOMARY)))
                .as("before there is an image")
                .isEqualTo(actual);
        assertThat(derived(request(build, directory, image.directories::contains)))
                .as("with the image to ask")
                .isEqualTo(actual);
    }

    private static SortedSet<String> derived(BuildRequest request) {
        DockerfilePlan plan = DockerfilePlanner.plan(request, Engine::inspect);
        return SyncedFiles.list(plan, request, List.of()).stream()
                .filter(file ->
                        request.contextNamed(file.mapping().context()).tree().kind(file.host()) == Kind.FILE)
                .map(file -> file.mapping().context() + ":" + file.host() + " -> " + file.container())
                .collect(toCollection(TreeSet::new));
    }

    private static SortedSet<String> found(Map<String, String> hosts, Tar image) {
        SortedSet<String> found = new TreeSet<>();
        image.files.forEach((path, content) -> {
            String host = hosts.get(content);
            if (host != null) {
                found.add(host + " -> " + path);
            }
        });
        return found;
    }

    /** Every file of every context by its content; no two may have the same. */
    private static Map<String, String> contents(BuildCase build, Path directory) throws IOException {
        Map<String, String> contents = new HashMap<>();
        List<String> contexts = new ArrayList<>(build.contexts);
        contexts.add("main");
        for (String context : contexts) {
            Path root = directory.resolve(context);
            try (Stream<Path> walk = Files.walk(root)) {
                for (Path file : walk.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                        .toList()) {
                    String host = (context.equals("main") ? "" : context) + ":" + root.relativize(file);
                    String content = new String(Files.readAllBytes(file), UTF_8);
                    assertThat(contents.put(content, host))
                            .as("two files like " + host)
                            .isNull();
                }
            }
        }
        return contents;
    }

    private static BuildRequest request(BuildCase build, Path directory, ImageDirectories directories)
            throws IOException {
        Map<String, BuildContext> contexts = new HashMap<>();
        for (String context : build.contexts) {
            contexts.put(
                    context,
                    context(
                            directory.resolve(context),
                            directory.resolve(context).resolve(".dockerignore")));
        }
        Path main = directory.resolve("main");
        Path own = main.resolve(build.dockerfile + ".dockerignore");
        return new BuildRequest(
                build.dockerfile,
                build.text,
                build.target,
                build.args,
                "linux/amd64",
                "linux/amd64",
                context(main, Files.exists(own) ? own : main.resolve(".dockerignore")),
                contexts,
                Set.of(),
                directories);
    }

    private static BuildContext context(Path root, Path ignoreFile) throws IOException {
        String ignored = Files.exists(ignoreFile) ? Files.readString(ignoreFile) : "";
        return new BuildContext(new DirectoryTree(root), IgnoreRules.docker(ignored));
    }
}
