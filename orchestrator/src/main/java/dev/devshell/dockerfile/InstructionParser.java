package dev.devshell.dockerfile;

import dev.devshell.dockerfile.Instruction.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes statements apart, and refuses what BuildKit would refuse. */
final class InstructionParser {
    private static final Set<String> OTHERS = Set.of(
            "cmd",
            "entrypoint",
            "expose",
            "healthcheck",
            "label",
            "maintainer",
            "shell",
            "stopsignal",
            "user",
            "volume");
    private static final Set<String> NOT_ON_BUILD = Set.of("onbuild", "from", "maintainer");

    private final Syntax syntax;

    InstructionParser(Syntax syntax) {
        this.syntax = syntax;
    }

    Instruction parse(Statement statement) {
        return switch (statement.keyword()) {
            case "from" -> from(statement);
            case "arg" -> new Instruction.Arg(statement, bindings(statement, true));
            case "env" -> new Instruction.Env(statement, env(statement));
            case "workdir" -> new Instruction.Workdir(statement, argument(statement));
            case "copy", "add" -> copy(statement);
            case "run" -> new Instruction.Run(statement, mounts(statement));
            case "onbuild" -> onbuild(statement);
            default -> other(statement);
        };
    }

    private Instruction from(Statement statement) {
        List<String> words = Words.blankSeparated(statement.arguments());
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
        if (words.size() != 1 && !named) {
            throw syntax.error(statement, "", "FROM takes an image, and AS with a name");
        }
        String name = named ? words.get(2).toLowerCase(Locale.ROOT) : "";
        if (named && !name.matches("[a-z][a-z0-9-_.]*")) {
            throw syntax.error(
                    statement, words.get(2), "a stage's name begins with a letter; letters, digits, - _ . follow");
        }
        return new Instruction.From(statement, words.get(0), name);
    }

    /** Besides {@code NAME=value ...} there is {@code ENV NAME the rest of the line}. */
    private List<Binding> env(Statement statement) {
        List<String> words = Words.quoted(statement.arguments(), statement.escape());
        if (words.isEmpty() || words.get(0).contains("=")) {
            return bindings(statement, false);
        }
        String[] parts = Words.first(statement.arguments());
        if (parts.length < 2) {
            throw syntax.error(statement, parts[0], "ENV takes a name and a value");
        }
        return List.of(new Binding(parts[0], parts[1]));
    }

    private List<Binding> bindings(Statement statement, boolean valueOptional) {
        List<Binding> bindings = new ArrayList<>();
        for (String word : Words.quoted(statement.arguments(), statement.escape())) {
            int equals = word.indexOf('=');
            if (equals == 0 || (equals < 0 && !valueOptional)) {
                throw syntax.error(statement, word, "it takes the form NAME=value");
            }
            bindings.add(
                    equals < 0
                            ? new Binding(word, null)
                            : new Binding(word.substring(0, equals), word.substring(equals + 1)));
        }
        if (bindings.isEmpty()) {
            throw syntax.error(statement, "", "it takes at least one name");
        }
        return bindings;
    }

    private String argument(Statement statement) {
        if (statement.arguments().isEmpty()) {
            throw syntax.error(statement, "", "it takes one argument");
        }
        return statement.arguments();
    }

    private Instruction copy(Statement statement) {
        boolean add = statement.keyword().equals("add");
        List<String> words = words(statement);
        if (words.size() < 2) {
            throw syntax.error(statement, "", "it takes at least one source, and a destination");
        }
        String target = words.get(words.size() - 1);
        if (Heredoc.of(target).isPresent()) {
            throw syntax.error(statement, target, "a here-document cannot be the destination");
        }
        List<String> sources = new ArrayList<>();
        List<String> heredocs = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            Optional<Heredoc> heredoc = Heredoc.of(word);
            heredoc.ifPresentOrElse(it -> heredocs.add(it.name()), () -> sources.add(word));
        }
        CopyFlags flags = new CopyFlags(syntax, statement, add);
        return new Instruction.Copy(statement, add, sources, heredocs, target, flags.single(), flags.excludes());
    }

    private List<String> words(Statement statement) {
        try {
            return Words.jsonOrBlankSeparated(statement.arguments());
        } catch (IllegalArgumentException notStrings) {
            throw syntax.error(statement, "[", String.valueOf(notStrings.getMessage()));
        }
    }

    private List<Map<String, String>> mounts(Statement statement) {
        return statement.flags().stream()
                .filter(flag -> flag.startsWith("--mount="))
                .map(flag -> mount(flag.substring("--mount=".length())))
                .toList();
    }

    private static Map<String, String> mount(String options) {
        Map<String, String> mount = new HashMap<>();
        for (String option : options.split(",", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            mount.put(name.toLowerCase(Locale.ROOT), equals < 0 ? "true" : option.substring(equals + 1));
        }
        return mount;
    }

    private Instruction onbuild(Statement statement) {
        String trigger = argument(statement);
        String keyword = Words.first(trigger)[0].toLowerCase(Locale.ROOT);
        if (NOT_ON_BUILD.contains(keyword)) {
            throw syntax.error(
                    statement,
                    Words.first(trigger)[0],
                    keyword.toUpperCase(Locale.ROOT) + " is not allowed in ONBUILD");
        }
        StringBuilder whole = new StringBuilder(trigger);
        for (String word : Words.quoted(trigger, statement.escape())) {
            // The content maps nothing, but the trigger will be read again and must end
            Heredoc.of(word).ifPresent(heredoc -> whole.append('\n').append(heredoc.name()));
        }
        return new Instruction.Onbuild(statement, whole.toString());
    }

    private Instruction other(Statement statement) {
        if (!OTHERS.contains(statement.keyword())) {
            throw syntax.error(
                    statement, "", "unknown instruction " + statement.keyword().toUpperCase(Locale.ROOT));
        }
        return new Instruction.Other(statement);
    }
}
