package dev.devshell.dockerfile;

import dev.devshell.DevshellException;
import dev.devshell.dockerfile.Instruction.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stages of a Dockerfile, and the arguments that stand before the first. */
final class Stages {
    private final Syntax syntax;
    private final Map<String, String> globals;
    private final Map<String, String> buildArgs;
    private final List<Stage> stages = new ArrayList<>();

    Stages(Syntax syntax, BuildRequest request, List<Instruction> instructions) {
        this.syntax = syntax;
        this.buildArgs = request.buildArgs();
        this.globals = PlatformArgs.of(request);
        Instruction.@Nullable From from = null;
        List<Instruction> body = new ArrayList<>();
        for (Instruction instruction : instructions) {
            if (instruction instanceof Instruction.From next) {
                add(from, body);
                from = next;
                body = new ArrayList<>();
            } else if (from != null) {
                body.add(instruction);
            } else {
                global(instruction);
            }
        }
        add(from, body);
        if (stages.isEmpty()) {
            throw syntax.error(1, "", "it has no FROM");
        }
    }

    Map<String, String> globals() {
        return globals;
    }

    /** The stage to build: by name, or the last. */
    Stage target(@Nullable String target) {
        if (target == null || target.isEmpty()) {
            return stages.get(stages.size() - 1);
        }
        return named(target)
                .orElseThrow(() -> new DevshellException.Failed(
                        "DOCKERFILE-TARGET",
                        "unable to find the stage " + target,
                        "the Dockerfile has " + labels(),
                        "Correct `target` in the Compose file, or name the stage with FROM ... AS"));
    }

    /** The stage that {@code --from} or {@code FROM} means, of those before {@code before}. */
    Optional<Stage> before(Stage before, String name) {
        return stages.stream()
                .filter(stage ->
                        stage.number() < before.number() && stage.name().equals(name))
                .reduce((first, second) -> second);
    }

    Optional<Stage> numbered(String number) {
        return stages.stream()
                .filter(stage -> String.valueOf(stage.number()).equals(number))
                .findFirst();
    }

    private Optional<Stage> named(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name.toLowerCase(Locale.ROOT)))
                .reduce((first, second) -> second);
    }

    private void global(Instruction instruction) {
        if (!(instruction instanceof Instruction.Arg arg)) {
            throw syntax.error(instruction.at(), "", "before the first FROM only ARG may stand");
        }
        for (Binding binding : arg.bindings()) {
            String given = buildArgs.get(binding.name());
            String value = binding.value();
            if (given != null) {
                globals.put(binding.name(), given);
            } else if (value != null) {
                globals.put(binding.name(), expand(arg.at(), value));
            }
        }
    }

    private void add(Instruction.@Nullable From from, List<Instruction> body) {
        if (from != null) {
            String base = expand(from.at(), from.base());
            if (base.isEmpty()) {
                throw syntax.error(
                        from.at(), from.base(), "the image's name is empty once its variables are filled in");
            }
            stages.add(new Stage(stages.size(), from, base, body));
        }
    }

    private String expand(Statement at, String word) {
        try {
            return Expander.expand(word, at.escape(), globals::get);
        } catch (IllegalArgumentException malformed) {
            throw syntax.error(at, word, Objects.requireNonNull(malformed.getMessage()));
        }
    }

    private String labels() {
        return stages.stream().map(Stage::label).reduce((a, b) -> a + ", " + b).orElse("none");
    }
}
