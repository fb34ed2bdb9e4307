package dev.devshell.repl.completion;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes commands, options and their values from the commands' own definition; grouped, with what each is for. */
public final class CommandCompleter implements Completer {
    private final CommandSpec commands;
    private final Values values;

    public CommandCompleter(CommandSpec commands, Values values) {
        this.commands = commands;
        this.values = values;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        candidates.addAll(candidates(line.words().subList(0, line.wordIndex()), word));
    }

    /**
     * Returns what may come next.
     *
     * @param before the words that stand
     * @param word as far as it was typed
     */
    List<Candidate> candidates(List<String> before, String word) {
        Typed typed = Typed.of(commands, before);
        OptionSpec awaiting = typed.awaiting();
        if (awaiting != null) {
            return values(awaiting, typed, word, "");
        }
        if (typed.takesOptions() && word.startsWith("-")) {
            int equals = word.indexOf('=');
            OptionSpec named = equals < 0 ? null : typed.option(word.substring(0, equals));
            return named == null
                    ? options(typed)
                    : values(named, typed, word.substring(equals + 1), word.substring(0, equals + 1));
        }
        List<Candidate> all = new ArrayList<>(subcommands(typed));
        typed.positional().ifPresent(positional -> all.addAll(values(positional, typed, word, "")));
        return all;
    }

    private static List<Candidate> subcommands(Typed typed) {
        if (typed.hasPositionals()) {
            return List.of();
        }
        return typed.command().subcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> candidate(
                        entry.getKey(),
                        "commands",
                        first(entry.getValue().getCommandSpec().usageMessage().description())))
                .toList();
    }

    private static List<Candidate> options(Typed typed) {
        return typed.command().options().stream()
                .filter(option -> !option.hidden() && (option.isMultiValue() || !typed.has(option)))
                .map(option -> {
                    boolean takesValue = option.arity().min() > 0;
                    String shown = String.join(", ", option.names());
                    return new Candidate(
                            option.longestName(),
                            takesValue ? shown + " " + option.paramLabel() : shown,
                            "options",
                            first(option.description()),
                            null,
                            null,
                            true);
                })
                .toList();
    }

    /**
     * @param prefix what stands in the same word before the value
     */
    private List<Candidate> values(ArgSpec arg, Typed typed, String word, String prefix) {
        if (arg.completionCandidates() != null) {
            List<Candidate> named = new ArrayList<>();
            arg.completionCandidates().forEach(value -> named.add(candidate(prefix + value, arg.paramLabel(), null)));
            return named;
        }
        List<Candidate> known = values.of(new Values.Asked(arg.paramLabel(), word, typed.positionals()));
        return prefix.isEmpty()
                ? known
                : known.stream().map(value -> behind(prefix, value)).toList();
    }

    private static Candidate behind(String prefix, Candidate value) {
        return new Candidate(
                prefix + value.value(),
                value.displ(),
                value.group(),
                value.descr(),
                value.suffix(),
                value.key(),
                value.complete());
    }

    private static Candidate candidate(String value, String group, @Nullable String about) {
        return new Candidate(value, value, group, about, null, null, true);
    }

    private static @Nullable String first(String[] description) {
        return description.length == 0 ? null : description[0];
    }
}
