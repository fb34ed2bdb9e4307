package dev.devshell.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.devshell.DevshellException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DockerfilePlannerTests {
    private static final BuildContext CONTEXT = FakeTree.context(
            "Gemfile",
            "Gemfile.lock",
            "app/a.rb",
            "app/b.txt",
            "app/lib/c.rb",
            "lib/x.rb",
            "lib/deep/y.rb",
            "packages/one/package.json",
            "packages/one/src/i.js",
            "packages/two/package.json",
            "t.tar");

    @Nested
    @DisplayName("COPY --parents")
    class Parents {
        @Test
        void keepsTheDirectoriesOfASource() {
            assertThat(files("COPY --parents lib/deep/y.rb app /x/"))
                    .containsExactly(
                            "app/a.rb -> /x/app/a.rb",
                            "app/b.txt -> /x/app/b.txt",
                            "app/lib/c.rb -> /x/app/lib/c.rb",
                            "lib/deep/y.rb -> /x/lib/deep/y.rb");
        }

        @Test
        void keepsTheDirectoriesOfWhatAPatternMatches() {
            assertThat(files("COPY --parents packages/*/package.json /x"))
                    .containsExactly(
                            "packages/one/package.json -> /x/packages/one/package.json",
                            "packages/two/package.json -> /x/packages/two/package.json");
            assertThat(files("COPY --parents **/*.rb /x"))
                    .containsExactly(
                            "app/a.rb -> /x/app/a.rb",
                            "app/lib/c.rb -> /x/app/lib/c.rb",
                            "lib/deep/y.rb -> /x/lib/deep/y.rb",
                            "lib/x.rb -> /x/lib/x.rb");
        }

        @Test
        void keepsOnlyWhatStandsBehindThePivot() {
            assertThat(files("COPY --parents packages/./one/src /x/"))
                    .containsExactly("packages/one/src/i.js -> /x/one/src/i.js");
            assertThat(files("COPY --parents packages/*/./package.json /x/"))
                    .containsExactly("packages/two/package.json -> /x/package.json");
            assertThat(files("COPY --parents ./lib/./**/y.rb /x/")).containsExactly("lib/deep/y.rb -> /x/deep/y.rb");
        }

        @Test
        void leavesOutWhatIsNotThere() {
            assertThat(plan("COPY --parents nope/x /x/").leftOut())
                    .extracting(LeftOut::reason)
                    .containsExactly("the context has no nope/x");
        }
    }

    @Nested
    @DisplayName("COPY --exclude")
    class Exclude {
        @Test
        void leavesFilesOfADirectoryOut() {
            assertThat(files("COPY --exclude=*.txt --exclude=lib app /x")).containsExactly("app/a.rb -> /x/a.rb");
        }

        @Test
        void isRelativeToTheSource() {
            assertThat(files("COPY --exclude=app/*.rb --exclude=**/*.json --exclude=Gem* . /x"))
                    .containsExactly(
                            "app/b.txt -> /x/app/b.txt",
                            "app/lib/c.rb -> /x/app/lib/c.rb",
                            "lib/deep/y.rb -> /x/lib/deep/y.rb",
                            "lib/x.rb -> /x/lib/x.rb",
                            "packages/one/src/i.js -> /x/packages/one/src/i.js",
                            "t.tar -> /x/t.tar");
        }

        @Test
        void doesNotTouchAFileThatIsNamed() {
            assertThat(files("COPY --exclude=Gemfile Gemfile /x/")).containsExactly("Gemfile -> /x/Gemfile");
        }

        @Test
        void worksWithParents() {
            assertThat(files("COPY --parents --exclude=**/c.rb app/**/*.rb /x/"))
                    .containsExactly("app/a.rb -> /x/app/a.rb");
        }
    }

    @Nested
    @DisplayName("a mapping")
    class Mappings {
        @Test
        void carriesOwnerModeAndOrigin() {
            assertThat(plan("ARG O=me", "COPY --chown=$O:staff --chmod=u=rwX \\", "  app /x")
                            .mappings())
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.chown()).isEqualTo("me:staff");
                        assertThat(it.chmod()).isEqualTo("u=rwX");
                        assertThat(it.line()).isEqualTo(3);
                        assertThat(it.stage()).isEqualTo("0");
                        assertThat(it.instruction())
                                .startsWith("COPY --chown=$O")
                                .endsWith("app /x");
                    });
        }

        @Test
        void ofAnImagesTriggerHasTheLineOfItsFrom() {
            DockerfilePlan plan = DockerfilePlanner.plan(
                    BuildRequest.of("ARG X\nFROM base\n", CONTEXT),
                    name -> new BaseImage("/w", Map.of("D", "d"), List.of("COPY app $D")));
            assertThat(plan.mappings())
                    .extracting(Mapping::target, Mapping::line, Mapping::instruction)
                    .containsExactly(tuple("/w/d", 2, "COPY app $D"));
        }

        @Test
        void translatesBothWays() {
            Mapping mapping = plan("COPY app /x").mappings().get(0);
            assertThat(mapping.targetOf("app/lib/c.rb")).hasValue("/x/lib/c.rb");
            assertThat(mapping.targetOf("apple")).isEmpty();
            assertThat(mapping.sourceOf("/x")).hasValue("app");
            assertThat(mapping.sourceOf("/x/new")).hasValue("app/new");
            Mapping root = plan("COPY . /").mappings().get(0);
            assertThat(root.sourceOf("/app/a.rb")).hasValue("app/a.rb");
            assertThat(root.targetOf("app/a.rb")).hasValue("/app/a.rb");
        }
    }

    @Nested
    @DisplayName("where mappings meet")
    class Overlaps {
        @Test
        void theLaterOwns() {
            DockerfilePlan plan = plan("COPY . /app", "COPY lib /app/app");
            assertThat(plan.owner("/app/app/new"))
                    .map(DockerfilePlan.Place::path)
                    .hasValue("lib/new");
            assertThat(plan.places("/app/app/a.rb"))
                    .extracting(DockerfilePlan.Place::path)
                    .containsExactly("lib/a.rb", "app/a.rb");
        }

        @Test
        void whatAnotherStageOrTheDockerfileBringsIsNotTheHosts() {
            DockerfilePlan plan =
                    plan("COPY . /app", "COPY --from=other /out /app/built", "COPY <<Gemfile /app/", "x", "Gemfile");
            assertThat(plan.owner("/app/built/x")).isEmpty();
            assertThat(plan.owner("/app/Gemfile")).isEmpty();
            assertThat(plan.owner("/app/Gemfile.lock")).isPresent();
        }

        @Test
        void whatComesAfterItIs() {
            assertThat(plan("COPY --from=other /out /app/built", "COPY . /app").owner("/app/built/x"))
                    .isPresent();
        }
    }

    @Nested
    @DisplayName("left out, with the reason, is")
    class Reasons {
        @Test
        void whatTheContextDoesNotBring() {
            assertThat(plan(
                                    "COPY --from=image:1 /x /y",
                                    "COPY --from=remote /x /y",
                                    "ADD https://example.org/x /y",
                                    "ADD git@example.org:a/b.git /y",
                                    "ADD git://example.org/a /y",
                                    "ADD t.tar /y",
                                    "COPY <<EOF /y",
                                    "EOF",
                                    "COPY nope /y",
                                    "COPY nope* /y")
                            .leftOut())
                    .extracting(LeftOut::reason)
                    .containsExactly(
                            "it comes from the image image:1",
                            "it comes from the additional context remote, which is no local directory",
                            "it is fetched from elsewhere",
                            "it is fetched from elsewhere",
                            "it is fetched from elsewhere",
                            "ADD unpacks the archive",
                            "its content stands in the Dockerfile",
                            "the context has no nope",
                            "nothing matches it");
        }

        @Test
        void whatAnotherStageBrings() {
            String text = "FROM scratch AS build\nFROM scratch\nCOPY --from=Build /a /b\nCOPY --from=0 /a /b\n";
            DockerfilePlan plan = DockerfilePlanner.plan(BuildRequest.of(text, CONTEXT), name -> BaseImage.SCRATCH);
            assertThat(plan.leftOut())
                    .extracting(LeftOut::reason)
                    .containsExactly("it comes from the stage build", "it comes from the stage build");
        }
    }

    @Nested
    @DisplayName("a rebuild trigger is")
    class Triggers {
        @Test
        void whatAStepUsesBeforeTheCodeIsCopied() {
            DockerfilePlan plan = plan("COPY Gemfile* ./", "RUN bundle install", "RUN other", "COPY . .", "RUN last");
            assertThat(plan.triggers())
                    .extracting(RebuildTrigger::source, RebuildTrigger::staleStep, RebuildTrigger::staleLine)
                    .containsExactly(
                            tuple("Gemfile", "RUN bundle install", 3), tuple("Gemfile.lock", "RUN bundle install", 3));
            assertThat(plan.triggers()).allMatch(trigger -> trigger.matches("", trigger.source()));
            assertThat(plan.triggers()).noneMatch(trigger -> trigger.matches("", "app/a.rb"));
        }

        @Test
        void aDirectoryCopiedAheadOfTheRest() {
            assertThat(plan("COPY app/lib lib", "RUN x", "COPY . .").triggers())
                    .singleElement()
                    .satisfies(trigger ->
                            assertThat(trigger.matches("", "app/lib/new.rb")).isTrue());
        }

        @Test
        void whatIsBoundIntoAStepBeforeTheCode() {
            assertThat(plan(
                                    "RUN --mount=type=bind,source=Gemfile,target=Gemfile --mount=type=cache,target=/c x",
                                    "COPY . .",
                                    "RUN --mount=type=bind,source=app,target=a y")
                            .triggers())
                    .extracting(RebuildTrigger::source)
                    .containsExactly("Gemfile");
        }

        @Test
        void aFileBeforeTheLastOneWhereNoDirectoryIsCopied() {
            assertThat(plan("COPY Gemfile .", "RUN x", "COPY Gemfile.lock .").triggers())
                    .extracting(RebuildTrigger::source)
                    .containsExactly("Gemfile");
        }

        @Test
        void notTheCodeItself() {
            assertThat(plan("COPY . .", "RUN make", "COPY lib /lib").triggers()).isEmpty();
            assertThat(plan("COPY app app", "RUN make", "COPY lib lib").triggers())
                    .isEmpty();
        }
    }

    @Test
    void looksUpNoImageThatIsNotBuilt() {
        BuildRequest request = new BuildRequest(
                "Dockerfile",
                "FROM unused AS a\nFROM used AS b\nCOPY app x\nFROM other\n",
                "b",
                Map.of(),
                "linux/arm64/v8",
                "linux/amd64",
                CONTEXT,
                Map.of(),
                Set.of(),
                ImageDirectories.CUSTOMARY);
        DockerfilePlan plan = DockerfilePlanner.plan(request, name -> {
            assertThat(name).isEqualTo("used");
            return new BaseImage("/work", Map.of(), List.of());
        });
        assertThat(plan.mappings()).extracting(Mapping::target).containsExactly("/work/x");
    }

    @Test
    void namesTheStagesWhenTheTargetIsNone() {
        BuildRequest request = new BuildRequest(
                "Dockerfile",
                "FROM a AS one\nFROM b\n",
                "two",
                Map.of(),
                "linux/amd64",
                "linux/amd64",
                CONTEXT,
                Map.of(),
                Set.of(),
                ImageDirectories.CUSTOMARY);
        assertThatExceptionOfType(DevshellException.Failed.class)
                .isThrownBy(() -> DockerfilePlanner.plan(request, name -> BaseImage.SCRATCH))
                .satisfies(error -> assertThat(error.code() + error.why())
                        .isEqualTo("DOCKERFILE-TARGET" + "the Dockerfile has one, 1"));
    }

    private static List<String> files(String... lines) {
        BuildRequest request = request(lines);
        return SyncedFiles.list(DockerfilePlanner.plan(request, name -> BaseImage.SCRATCH), request, List.of()).stream()
                .map(file -> file.host() + " -> " + file.container())
                .sorted()
                .toList();
    }

    private static DockerfilePlan plan(String... lines) {
        return DockerfilePlanner.plan(request(lines), name -> BaseImage.SCRATCH);
    }

    private static BuildRequest request(String... lines) {
        BuildRequest plain = BuildRequest.of("FROM base\n" + String.join("\n", lines) + "\n", CONTEXT);
        return new BuildRequest(
                plain.file(),
                plain.text(),
                null,
                Map.of(),
                plain.platform(),
                plain.buildPlatform(),
                CONTEXT,
                Map.of(),
                Set.of("remote"),
                ImageDirectories.CUSTOMARY);
    }
}
