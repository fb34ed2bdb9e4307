package dev.devshell.repl.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class CommandCompleterTests {
    enum Keep {
        host,
        container
    }

    @Command(
            name = "tool",
            subcommands = {Exec.class, Sync.class, Secret.class})
    static final class Tool {
        @Option(names = "--debug", description = "Log everything.")
        boolean debug;
    }

    @Command(name = "exec", description = "Run a command.")
    static final class Exec {
        @Option(
                names = {"-e", "--env"},
                paramLabel = "NAME=VALUE",
                description = "With this variable.")
        List<String> env = new ArrayList<>();

        @Option(
                names = {"-w", "--workdir"},
                paramLabel = "DIR",
                description = "In this directory.")
        String directory = "";

        @Parameters(index = "0", paramLabel = "SERVICE")
        String service = "";

        @Parameters(index = "1..*", paramLabel = "CMD")
        List<String> command = new ArrayList<>();
    }

    @Command(name = "sync", description = "The sync.", subcommands = Resolve.class)
    static final class Sync {}

    @Command(name = "resolve", description = "Decide.")
    static final class Resolve {
        @Option(names = "--keep", paramLabel = "SIDE", completionCandidates = Sides.class)
        Keep keep = Keep.host;

        @Parameters(paramLabel = "PATH")
        Path path = Path.of("");
    }

    static final class Sides extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Sides() {
            super(List.of("host", "container"));
        }
    }

    @Command(name = "__secret", hidden = true)
    static final class Secret {}

    private final List<Values.Asked> asked = new ArrayList<>();

    private List<Candidate> complete(String line) {
        CommandLine commands = new CommandLine(new Tool());
        commands.getSubcommands().values().forEach(command -> command.setStopAtPositional(true));
        ParsedLine parsed = new DefaultParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);
        return new CommandCompleter(commands.getCommandSpec(), this::answer)
                .candidates(parsed.words().subList(0, parsed.wordIndex()), parsed.word());
    }

    private List<Candidate> answer(Values.Asked one) {
        asked.add(one);
        return one.label().equals("SERVICE")
                ? List.of(new Candidate("web", "web", "services", "running, 2 ports", null, null, true))
                : List.of();
    }

    private List<String> values(String line) {
        return complete(line).stream().map(Candidate::value).toList();
    }

    @Test
    void commandsComeGroupedWithWhatTheyAreForAndHiddenOnesNotAtAll() {
        assertThat(complete(""))
                .extracting(Candidate::value, Candidate::group, Candidate::descr)
                .containsExactlyInAnyOrder(
                        tuple("exec", "commands", "Run a command."), tuple("sync", "commands", "The sync."));
    }

    @Test
    void commandsOfACommand() {
        assertThat(values("sync ")).containsExactly("resolve");
    }

    @Test
    void servicesComeWithTheirState() {
        assertThat(complete("exec w"))
                .extracting(Candidate::value, Candidate::descr)
                .containsExactly(tuple("web", "running, 2 ports"));
    }

    @Test
    void optionsComeByTheirLongNamesWithWhatTheyTake() {
        assertThat(complete("exec -"))
                .extracting(Candidate::value, Candidate::displ, Candidate::group)
                .containsExactlyInAnyOrder(
                        tuple("--env", "-e, --env NAME=VALUE", "options"),
                        tuple("--workdir", "-w, --workdir DIR", "options"));
    }

    @Test
    void anOptionIsOfferedOnceUnlessItCanBeRepeated() {
        assertThat(values("exec --env A=b -w /app -")).containsExactly("--env");
    }

    @Test
    void valuesOfAnOptionInTheNextWordAndInTheSame() {
        assertThat(values("sync resolve --keep ")).containsExactly("host", "container");
        assertThat(values("sync resolve --keep=c")).containsExactly("--keep=host", "--keep=container");
    }

    @Test
    void anOptionsValueIsNotTakenForAService() {
        assertThat(values("exec -e web ")).containsExactly("web");
        assertThat(values("exec --workdir=/app ")).containsExactly("web");
    }

    @Test
    void whatFollowsTheServiceBelongsToItsCommand() {
        assertThat(values("exec web ls -")).isEmpty();
        assertThat(asked).containsExactly(new Values.Asked("CMD", "-", List.of("web", "ls")));
    }

    @Test
    void nothingIsKnownOfACommandThatDoesNotExist() {
        assertThat(values("nonsense x")).isEmpty();
    }

    @Test
    void hostPathsGoOnBelowADirectoryAndHiddenOnesOnlyWhenAskedFor(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("app/models"));
        Files.writeString(directory.resolve("app/größe.rb"), "");
        Files.writeString(directory.resolve(".env"), "");
        HostPaths paths = new HostPaths(directory);

        assertThat(paths.of(new Values.Asked("PATH", "", List.of())))
                .extracting(Candidate::value, Candidate::complete)
                .containsExactly(tuple("app/", false));
        assertThat(paths.of(new Values.Asked("PATH", "app/", List.of())))
                .extracting(Candidate::value)
                .containsExactlyInAnyOrder("app/models/", "app/größe.rb");
        assertThat(paths.of(new Values.Asked("PATH", ".", List.of())))
                .extracting(Candidate::value)
                .contains(".env");
        assertThat(paths.of(new Values.Asked("PATH", "missing/", List.of()))).isEmpty();
    }
}
