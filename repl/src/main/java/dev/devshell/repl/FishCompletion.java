package dev.devshell.repl;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish: commands and options, with their descriptions. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion();
        completion.commands(root, "__fish_use_subcommand");
        root.getSubcommands().forEach((name, command) -> {
            if (command.getSubcommands().isEmpty()) {
                completion.options(command, "__fish_seen_subcommand_from " + name);
            } else {
                completion.commands(command, "__fish_seen_subcommand_from " + name);
            }
        });
        return completion.script.toString();
    }

    private void commands(CommandLine parent, String condition) {
        parent.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                line(
                        condition,
                        "-a " + name,
                        description(command.getCommandSpec().usageMessage().description()));
            }
        });
        options(parent, condition);
    }

    private void options(CommandLine command, String condition) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            String longest = option.longestName().replaceFirst("^--?", "");
            String form = option.longestName().startsWith("--") ? "-l " + longest : "-s " + longest;
            line(condition, form + (option.arity().max() > 0 ? " -r" : ""), description(option.description()));
        }
    }

    private static String description(String[] lines) {
        return lines.length == 0 ? "" : lines[0].replaceAll("\\$\\{[^}]*}", "").replace("'", "\\'");
    }

    private void line(String condition, String form, String description) {
        script.append("complete -c devshell -n '")
                .append(condition)
                .append("' ")
                .append(form);
        script.append(" -d '").append(description).append("'\n");
    }
}
