package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTests {
    private final FakeWorkspace workspace = new FakeWorkspace();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Launch launch() {
        return new Launch(
                Map.of(),
                FakeWorkspace.DIRECTORY,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                (given, choice, console) -> workspace);
    }

    private int run(String... arguments) {
        return Main.run(launch(), arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keepsDataAndNarrationApart() {
        assertThat(run("sync", "status")).isZero();

        assertThat(out())
                .contains("web-1", "ready", "7 files, 1 waiting", "left alone: secret (web): unreadable")
                .contains("3 edits, 4.0 KiB; 0.8 ms each (p95 1.9): 0.2 to decide (p95 0.5), 0.6 to write (p95 1.4)")
                .contains("/p/a: sent", "the stream broke", "watches: 12 of 65536")
                .contains("notice: the image of 'web' is stale", "why:  Gemfile", "next: devshell rebuild web");
        assertThat(err()).isEmpty();
    }

    @Test
    void printsOneJsonObjectALineWhereverTheOptionStands() {
        assertThat(run("--json", "sync", "status")).isZero();
        assertThat(run("sync", "status", "--json")).isZero();

        assertThat(out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"schema\":1,\"paused\":false"));
        assertThat(out()).contains("\"code\":\"IMAGE-STALE\",\"service\":\"web\"", "\"paths\":[\"/project/Gemfile\"]");
    }

    @Test
    void showsWhatIsBrokenFirst() {
        assertThat(run("ps")).isZero();

        assertThat(out().lines().toList().get(1)).startsWith("db").contains("unhealthy", "no answer");
        assertThat(out()).contains("localhost:3007->3000");
    }

    @Test
    void findsAPort() {
        assertThat(run("port", "web", "3000")).isZero();

        assertThat(out()).isEqualTo("localhost:3007\n");
    }

    @Test
    void readsTimeoutsInSeconds() {
        assertThat(run("sync", "flush", "--timeout", "2.5")).isZero();

        assertThat(workspace.asked).containsExactly("flush PT2.5S");
    }

    @Test
    void tellsAFailureAsWhatWhyAndNext() {
        assertThat(run("sync", "flush", "--timeout", "1")).isEqualTo(1);

        assertThat(err()).isEqualTo("""
                        devshell: not in sync
                          why:  web-1:/app/a.rb
                          next: devshell sync status
                        """);
    }

    @Test
    void showsAStackTraceOnlyWithDebug() {
        run("sync", "undo", "v9");
        assertThat(err()).doesNotContain("\tat ");

        assertThat(run("--debug", "sync", "undo", "v9")).isEqualTo(2);
        assertThat(err()).contains("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "exec", "sync", "sync flush", "completion"})
    void everyCommandExplainsItself(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");

        assertThat(run(arguments.toArray(String[]::new))).isZero();

        assertThat(out()).contains("Usage: devshell " + command, "Show this help.");
        assertThat(err()).isEmpty();
    }

    @Test
    void leavesTheHelpOfACommandInAContainerToThatCommand() {
        var parsed = Main.commandLine(new Devshell(launch())).parseArgs("exec", "web", "ls", "--help");

        assertThat(parsed.subcommand().isUsageHelpRequested()).isFalse();
        assertThat(parsed.subcommand().matchedPositionals()).hasSize(2);
    }

    @Test
    void decidesWhatIsHeld() {
        assertThat(run("sync", "release")).isZero();
        assertThat(run("sync", "restore")).isZero();

        assertThat(workspace.asked).containsExactly("release", "restore");
        assertThat(err()).contains("let go: ", "refused: ");
        assertThat(out()).isEmpty();
    }

    @Test
    void takesPathsFromTheWorkingDirectory() {
        assertThat(run("sync", "resolve", "app/../a.rb", "--keep", "both")).isZero();

        assertThat(workspace.asked).containsExactly("resolve /project/a.rb BOTH");
    }

    @Test
    void saysHowToStartWhatDoesNotRun() {
        workspace.running = false;

        assertThat(run("sync", "pause")).isEqualTo(1);

        assertThat(err()).contains("not running under devshell", "next: devshell up -d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snyc", "rebiuld", "donw"})
    void guessesWhatAMisspeltCommandMeant(String typed) {
        assertThat(run(typed)).isEqualTo(2);

        assertThat(err()).containsIgnoringCase("did you mean");
    }

    @Test
    void refusesToDestroyVolumesUnasked() {
        assertThat(run("down", "-v")).isNotZero();

        assertThat(workspace.asked).isEmpty();
    }

    @Test
    void asksALiveSessionToRestartAndRebuild() {
        assertThat(run("restart", "web")).isZero();
        assertThat(run("rebuild")).isZero();

        assertThat(workspace.asked).containsExactly("restart [web]", "rebuild []");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void printsCompletionScripts(String shell) {
        assertThat(run("completion", shell)).isZero();

        assertThat(out())
                .contains("rebuild", "flush")
                .doesNotContain("complete -c devshell -n '__fish_use_subcommand' -a __session");
    }

    @Test
    void fitsHelpOnAScreen() {
        assertThat(run("--help")).isZero();

        assertThat(out().lines()).hasSizeLessThan(60).allMatch(line -> line.length() <= 80);
        assertThat(out()).doesNotContain(SessionCommand.NAME);
    }
}
