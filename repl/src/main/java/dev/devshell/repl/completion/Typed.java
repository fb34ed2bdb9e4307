package dev.devshell.repl.completion;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the words so far say: which command they name, and what it still takes. */
final class Typed {
    private CommandSpec command;
    private final List<String> positionals = new ArrayList<>();
    private final Set<OptionSpec> options = new HashSet<>();
    private @Nullable OptionSpec awaiting;
    private boolean afterDashes;

    private Typed(CommandSpec command) {
        this.command = command;
    }

    static Typed of(CommandSpec root, List<String> words) {
        Typed typed = new Typed(root);
        words.forEach(typed::take);
        return typed;
    }

    private void take(String word) {
        if (awaiting != null) {
            awaiting = null;
            return;
        }
        if (takesOptions() && word.equals("--")) {
            afterDashes = true;
        } else if (takesOptions() && word.startsWith("-") && word.length() > 1) {
            takeOption(word);
        } else {
            CommandLine next = positionals.isEmpty() ? command.subcommands().get(word) : null;
            if (next == null) {
                positionals.add(word);
            } else {
                command = next.getCommandSpec();
            }
        }
    }

    private void takeOption(String word) {
        int equals = word.indexOf('=');
        OptionSpec option = option(equals < 0 ? word : word.substring(0, equals));
        if (option == null) {
            return;
        }
        options.add(option);
        if (equals < 0 && option.arity().min() > 0) {
            awaiting = option;
        }
    }

    CommandSpec command() {
        return command;
    }

    /** Returns the option whose value comes next, or null. */
    @Nullable
    OptionSpec awaiting() {
        return awaiting;
    }

    @Nullable
    OptionSpec option(String name) {
        return command.optionsMap().get(name);
    }

    boolean has(OptionSpec option) {
        return options.contains(option);
    }

    /** Whether a word that begins with a dash is an option of the command: not where it belongs to another program. */
    boolean takesOptions() {
        boolean another = command.parser().stopAtPositional() && !positionals.isEmpty();
        return !afterDashes && !another;
    }

    boolean hasPositionals() {
        return !positionals.isEmpty();
    }

    List<String> positionals() {
        return positionals;
    }

    /** Returns what the next value is. */
    Optional<PositionalParamSpec> positional() {
        return command.positionalParameters().stream()
                .filter(one -> !one.hidden() && one.index().contains(positionals.size()))
                .findFirst();
    }
}
