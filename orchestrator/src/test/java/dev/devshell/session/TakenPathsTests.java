package dev.devshell.session;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.dockerfile.BaseImage;
import dev.devshell.dockerfile.BuildContext;
import dev.devshell.dockerfile.BuildRequest;
import dev.devshell.dockerfile.DirectoryTree;
import dev.devshell.dockerfile.DockerfilePlan;
import dev.devshell.dockerfile.DockerfilePlanner;
import dev.devshell.dockerfile.SyncedFiles;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a later instruction puts over a mapping is not the host's. {@code SyncedFiles} is held to the engine, this to it. */
class TakenPathsTests {
    private static final String HEAD = "FROM debian AS build\nRUN make\nFROM debian\nWORKDIR /app\n";

    @TempDir
    private Path context;

    @BeforeEach
    void layOut() throws IOException {
        for (String file :
                List.of("app.js", "dist/app.js", "dist/deep/b.js", "conf/x[1].yml", "lib/a.js", "lib/b.js", "c.js")) {
            Path path = context.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file);
        }
    }

    private BuildRequest request(String dockerfile) {
        return BuildRequest.of(dockerfile, new BuildContext(new DirectoryTree(context), IgnoreRules.NONE));
    }

    private DockerfileRoots roots(DockerfilePlan plan) {
        ContextRules rules = new ContextRules(IgnoreRules.NONE, List.of(), List.of());
        return new DockerfileRoots(
                plan, "Dockerfile", Root.Flow.BOTH, name -> new DockerfileRoots.Source(context, rules));
    }

    private ServicePlan plan(String dockerfile) {
        DockerfileRoots roots = roots(DockerfilePlanner.plan(request(dockerfile), name -> BaseImage.SCRATCH));
        List<DockerfileRoots.Pair> pairs = roots.pairs();
        SyncPlan sync = new SyncPlan(
                pairs.stream().map(DockerfileRoots.Pair::root).toList(), List.of(), Policy.HOST, List.of());
        return new ServicePlan(
                "web",
                "Dockerfile",
                "",
                pairs.stream().map(DockerfileRoots.Pair::mapping).toList(),
                List.of(),
                roots.filled(),
                roots.triggers(),
                List.of(),
                sync);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY . .\nCOPY --from=build /out/app.js ./app.js",
                "COPY . .\nCOPY --from=build /out/app.js app.js\nCOPY app.js app.js",
                "COPY lib .\nCOPY --from=build /out/a.js ./a.js\nCOPY dist ./dist",
                "COPY . .\nCOPY <<E conf/x[1].yml\nhere\nE",
                "COPY c.js /app/c.js\nCOPY --from=build /out/c.js /app/c.js",
                "COPY lib lib\nCOPY dist lib\nCOPY --from=build /out/b.js lib/b.js\nCOPY lib/b.js other/b.js",
                "COPY . .\nCOPY <<E dist/app.js\nhere\nE\nCOPY dist dist",
            })
    void plansWhatTheDockerfileSays(String body) {
        String dockerfile = HEAD + body + "\n";
        BuildRequest request = request(dockerfile);
        SortedSet<String> expected =
                SyncedFiles.list(DockerfilePlanner.plan(request, name -> BaseImage.SCRATCH), request, List.of())
                        .stream()
                        .map(file -> file.host() + " -> " + file.container())
                        .collect(toCollection(TreeSet::new));

        SortedSet<String> planned = new TreeSet<>();
        plan(dockerfile).files(file -> planned.add(file.host() + " -> " + file.container()));

        assertThat(planned).isEqualTo(expected).isNotNull();
    }

    @Test
    @DisplayName("rule 3: what a later instruction put into the image is neither overwritten nor sent to the host")
    void leavesWhatIsTakenAlone() {
        ServicePlan plan = plan(HEAD + "COPY . .\nCOPY --from=build /out/app.js app.js\n");

        assertThat(plan.sync().covers("/app/app.js", false)).isFalse();
        assertThat(plan.sync().targetsOf(new HostPath(context, "app.js"), false))
                .isEmpty();
        assertThat(plan.sync().covers("/app/c.js", false)).isTrue();
        assertThat(plan.holes()).containsExactly(new ServicePlan.Hole("/app/app.js", "filled by Dockerfile:6"));
    }

    @Test
    void dropsAMappingOfWhichNothingIsLeft() {
        ServicePlan plan = plan(HEAD + "COPY c.js c.js\nCOPY --from=build /out/c.js c.js\n");

        assertThat(plan.mappings()).isEmpty();
        assertThat(plan.holes()).hasSize(1);
    }

    @Test
    void namesWhatMakesTheImageStaleByStepAndLine() {
        ServicePlan plan = plan(HEAD + "COPY lib/a.js ./\nRUN install\nCOPY . .\n");

        assertThat(plan.triggers())
                .extracting(Trigger::source, Trigger::step, Trigger::origin)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("lib/a.js", "RUN install", "Dockerfile:6"));
    }
}
