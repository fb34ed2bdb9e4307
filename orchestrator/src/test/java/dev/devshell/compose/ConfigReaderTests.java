package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.devshell.DevshellException.Usage;
import dev.devshell.compose.ComposeService.Build;
import dev.devshell.compose.ComposeService.Dependency;
import dev.devshell.compose.ComposeService.Port;
import dev.devshell.compose.ComposeService.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTests {
    /** As Compose 2.26 prints it. */
    private static final String CONFIG = """
            name: blog
            services:
              db:
                profiles:
                  - full
                healthcheck:
                  test:
                    - NONE
                image: debian:trixie-slim
                tmpfs:
                  - /run:size=1m
              web:
                build:
                  context: /home/dev/blog
                  dockerfile: docker/web.dockerfile
                  args:
                    PRICE: 5$$
                    UNSET: null
                  additional_contexts:
                    lib: /home/dev/lib
                  target: development
                develop:
                  watch:
                    - path: /home/dev/blog/lib
                      action: sync+exec
                      target: /app/lib
                      exec:
                        command:
                          - bin/restart
                        user: app
                        working_dir: /app
                        environment:
                          A: $$b
                      ignore:
                        - node_modules/
                      include:
                        - '*.rb'
                      initial_sync: true
                    - path: /home/dev/blog/Gemfile
                      action: rebuild
                command:
                  - sh
                  - -c
                  - echo $$HOME
                depends_on:
                  db:
                    condition: service_healthy
                    required: true
                healthcheck:
                  test:
                    - CMD
                    - "true"
                ports:
                  - mode: ingress
                    target: 3000
                    published: 3000-3099
                    protocol: tcp
                  - mode: ingress
                    host_ip: 127.0.0.1
                    target: 4000
                    protocol: tcp
                read_only: true
                user: "1000"
                volumes:
                  - type: volume
                    source: data
                    target: /data
                    volume: {}
                  - type: bind
                    source: /home/dev/blog/src
                    target: /src
                    read_only: true
                x-devshell:
                  policy: newest
                  ignore: [ "log/$$x" ]
            x-devshell:
              ignore:
                - tmp/*
              protect: .secrets
              policy: container
              from-container: all
              auto-rebuild: true
              sync: to-container
            """;

    private final ComposeProject project = read(CONFIG);

    @Test
    void readsAServiceWithAllThatMatters() {
        ComposeService web = project.require("web");

        assertThat(project.name()).isEqualTo("blog");
        assertThat(web.build())
                .contains(new Build(
                        "/home/dev/blog",
                        "docker/web.dockerfile",
                        Optional.empty(),
                        Optional.of("development"),
                        Map.of("PRICE", "5$"),
                        Map.of("lib", "/home/dev/lib"),
                        List.of(),
                        false));
        assertThat(web.build().orElseThrow().dockerfilePath())
                .contains(Path.of("/home/dev/blog/docker/web.dockerfile"));
        assertThat(web.ports())
                .containsExactly(new Port(3000, "3000-3099", "", "tcp"), new Port(4000, "", "127.0.0.1", "tcp"));
        assertThat(web.dependsOn()).containsExactly(new Dependency("db", "service_healthy", true));
        assertThat(web.healthcheck()).isTrue();
        assertThat(web.user()).isEqualTo("1000");
        assertThat(web.readOnly()).isTrue();
        assertThat(web.volumes())
                .containsExactly(
                        new Volume("volume", "data", "/data", false),
                        new Volume("bind", "/home/dev/blog/src", "/src", true));
    }

    @Test
    void readsAServiceWithoutABuild() {
        ComposeService db = project.require("db");

        assertThat(db.build()).isEmpty();
        assertThat(db.image()).contains("debian:trixie-slim");
        assertThat(db.healthcheck()).isFalse();
        assertThat(db.profiles()).containsExactly("full");
        assertThat(db.volumes()).containsExactly(new Volume("tmpfs", "", "/run", false));
        assertThat(db.sync()).isEqualTo(SyncSettings.NONE);
    }

    @Test
    void readsWatchRules() {
        assertThat(project.require("web").watch())
                .containsExactly(
                        new WatchRule(
                                WatchRule.Action.SYNC_EXEC,
                                Path.of("/home/dev/blog/lib"),
                                Optional.of("/app/lib"),
                                List.of("node_modules/"),
                                List.of("*.rb"),
                                true,
                                new WatchRule.Exec(List.of("bin/restart"), "app", "/app", Map.of("A", "$b"))),
                        new WatchRule(
                                WatchRule.Action.REBUILD,
                                Path.of("/home/dev/blog/Gemfile"),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                false,
                                WatchRule.Exec.NONE));
    }

    @Test
    void putsAServicesSettingsOverTheProjects() {
        assertThat(project.syncOf(project.require("web")))
                .isEqualTo(new SyncSettings(
                        List.of("tmp/*", "log/$x"),
                        List.of(".secrets"),
                        Optional.of(SyncSettings.Policy.NEWEST),
                        Optional.of(SyncSettings.FromContainer.ALL),
                        Optional.of(true),
                        Optional.of(SyncSettings.Mode.TO_CONTAINER),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void followsDependencies() {
        assertThat(project.withDependencies(List.of("web"))).containsExactly("web", "db");
        assertThat(project.withDependencies(List.of("db"))).containsExactly("db");
        assertThat(project.withDependencies(List.of())).containsExactly("db", "web");
        assertThatThrownBy(() -> project.withDependencies(List.of("webb")))
                .asInstanceOf(type(Usage.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("UNKNOWN-SERVICE");
                    assertThat(e.next()).isEqualTo("did you mean \"web\"?");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {polcy: host}          | no key "polcy"    | did you mean "policy"?
                    {policy: mine}         | has a policy      | host, container, newest, manual; but was: mine
                    {sync: one-way}        | has a sync        | both, to-container, off; but was: one-way
                    {from-container: none} | from-container    | code, all; but was: none
                    {auto-rebuild: maybe}  | auto-rebuild      | true, false; but was: "maybe"
                    {ignore: {a: b}}       | ignore            | a list of patterns
                    {protect: [""]}        | protect           | a list of patterns
                    [policy]               | x-devshell        | ignore, protect, policy, from-container, auto-rebuild, sync
                    """)
    void namesTheKeyAndWhatIsAllowed(String settings, String what, String allowed) {
        String yaml = "name: blog\nservices: {web: {image: x, x-devshell: " + settings + "}}\n";

        assertThatThrownBy(() -> read(yaml)).asInstanceOf(type(Usage.class)).satisfies(e -> {
            assertThat(e.code()).isEqualTo("X-DEVSHELL-INVALID");
            assertThat(e.what()).contains(what).contains("the service \"web\"");
            assertThat(e.why() + e.next()).contains(allowed);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "history-size: 1m, 1048576,",
        "history-size: 512M, 536870912,",
        "history-size: 2gb, 2147483648,",
        "history-size: 2GiB, 2147483648,",
        "history-age: 1h,, PT1H",
        "history-age: 30d,, PT720H",
        "history-age: 8w,, PT1344H",
    })
    void readsTheBoundsOfTheHistory(String setting, Long size, Duration age) {
        ComposeProject read =
                read("name: b\nservices: {web: {image: x, x-devshell: {sync: off}}}\nx-devshell: {" + setting + "}\n");

        assertThat(read.sync().historySize()).isEqualTo(Optional.ofNullable(size));
        assertThat(read.sync().historyAge()).isEqualTo(Optional.ofNullable(age));
        assertThat(read.syncOf(read.require("web")).historyAge()).isEqualTo(Optional.ofNullable(age));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    history-size: 0      | history-size | a size of at least 1m, such as 512m or 2g; but was: 0
                    history-size: 1000   | history-size | but was: 1000
                    history-size: 900k   | history-size | but was: 900k
                    history-size: much   | history-size | but was: much
                    history-size: -1g    | history-size | but was: -1g
                    history-age: 30      | history-age  | an age of at least 1h, such as 12h, 30d or 8w; but was: 30
                    history-age: 0d      | history-age  | but was: 0d
                    history-age: 5 min   | history-age  | but was: 5 min
                    """)
    void saysWhatTheBoundsOfTheHistoryMayBe(String setting, String what, String why) {
        assertThatThrownBy(() -> read("name: b\nservices: {}\nx-devshell: {" + setting + "}\n"))
                .asInstanceOf(type(Usage.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo("X-DEVSHELL-INVALID");
                    assertThat(e.what()).contains(what).contains("the project");
                    assertThat(e.why()).contains(why);
                    assertThat(e.next()).isNotEmpty();
                });
    }

    @Test
    void saysThatTheHistoryIsTheProjects() {
        assertThatThrownBy(() -> read("name: b\nservices: {web: {image: x, x-devshell: {history-size: 2g}}}\n"))
                .asInstanceOf(type(Usage.class))
                .satisfies(e -> assertThat(e.what() + e.why() + e.next())
                        .contains("the service \"web\"", "one history", "top level"));
    }

    @Test
    void takesAnUnquotedOff() {
        assertThat(read("{name: b, services: {}, x-devshell: {sync: off}}")
                        .sync()
                        .mode())
                .contains(SyncSettings.Mode.OFF);
    }

    private static ComposeProject read(String yaml) {
        return ConfigReader.read(yaml, new ComposeFiles(Path.of("/home/dev/blog"), List.of()));
    }
}
