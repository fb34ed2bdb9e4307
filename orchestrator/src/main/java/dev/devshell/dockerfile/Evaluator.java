package dev.devshell.dockerfile;

import dev.devshell.dockerfile.Instruction.Binding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Walks the stage that is built, and before it the stages it is from, instruction by instruction. */
final class Evaluator {
    private final BuildRequest request;
    private final BaseImages images;
    private final Syntax syntax;
    private final InstructionParser parser;
    private final Stages stages;
    private final Draft draft = new Draft();
    private final Map<String, VisibleTree> trees = new HashMap<>();
    private final KnownDirectories directories;

    Evaluator(BuildRequest request, BaseImages images, Syntax syntax, InstructionParser parser, Stages stages) {
        this.request = request;
        this.images = images;
        this.syntax = syntax;
        this.parser = parser;
        this.stages = stages;
        directories = new KnownDirectories(request.directories(), this::tree);
    }

    DockerfilePlan plan() {
        evaluate(stages.target(request.target()));
        return draft.plan();
    }

    private StageState evaluate(Stage stage) {
        Optional<String> replaced = context(stage.name());
        if (replaced.isPresent()) {
            return fromContext(stage, replaced.get());
        }
        StageState state = base(stage);
        for (String trigger : state.enter()) {
            for (Statement statement : DockerfileReader.read(syntax, DockerfileReader.lines(trigger))) {
                apply(stage, state, parser.parse(statement.at(stage.from().at().line())));
            }
        }
        stage.body().forEach(instruction -> apply(stage, state, instruction));
        return state;
    }

    private StageState base(Stage stage) {
        Optional<Stage> earlier = stages.before(stage, stage.base());
        if (earlier.isPresent()) {
            return evaluate(earlier.get());
        }
        if (stage.base().equals("scratch")) {
            directories.fromScratch();
            return StageState.of(BaseImage.SCRATCH);
        }
        Optional<String> context = context(stage.base());
        return context.isPresent() ? fromContext(stage, context.get()) : StageState.of(images.find(stage.base()));
    }

    /** A local directory as a base image: its files lie at the root. */
    private StageState fromContext(Stage stage, String context) {
        if (request.contexts().containsKey(context)) {
            Statement at = stage.from().at();
            Mapping mapping = new Mapping(
                    context, "", "/", true, null, null, List.of(), List.of(), at.line(), stage.label(), at.text());
            draft.mappings.add(mapping);
            directories.fromScratch();
            directories.copied(mapping);
            return StageState.of(BaseImage.SCRATCH);
        }
        return StageState.of(images.find(context));
    }

    private void apply(Stage stage, StageState state, Instruction instruction) {
        if (instruction instanceof Instruction.Arg arg) {
            arg.bindings().forEach(binding -> arg(state, arg.at(), binding));
        } else if (instruction instanceof Instruction.Env env) {
            env(state, env);
        } else if (instruction instanceof Instruction.Workdir workdir) {
            state.workdir(expand(state, workdir.at(), workdir.path()));
            directories.make(state.workdir());
        } else if (instruction instanceof Instruction.Copy copy) {
            new CopyEvaluator(this, stage, state, copy).run();
        } else if (instruction instanceof Instruction.Run run) {
            draft.steps.add(new Step.Ran(run.at(), run.mounts()));
        } else if (instruction instanceof Instruction.Onbuild onbuild) {
            state.onbuild(onbuild.trigger());
        }
    }

    private void arg(StageState state, Statement at, Binding binding) {
        String name = binding.name();
        String given = request.buildArgs().get(name);
        String value = binding.value();
        String global = stages.globals().get(name);
        if (given != null) {
            state.arg(name, given);
        } else if (value != null) {
            state.arg(name, expand(state, at, value));
        } else if (global != null) {
            state.arg(name, global);
        }
    }

    /** All values are filled in from what was set before the instruction. */
    private void env(StageState state, Instruction.Env env) {
        Map<String, String> values = new HashMap<>();
        for (Binding binding : env.bindings()) {
            String name = expand(state, env.at(), binding.name());
            values.put(name, expand(state, env.at(), Objects.requireNonNull(binding.value())));
        }
        values.forEach(state::env);
    }

    String expand(StageState state, Statement at, String word) {
        try {
            return Expander.expand(word, at.escape(), state.variables());
        } catch (IllegalArgumentException malformed) {
            throw syntax.error(at, word, Objects.requireNonNull(malformed.getMessage()));
        }
    }

    Draft draft() {
        return draft;
    }

    Stages stages() {
        return stages;
    }

    KnownDirectories directories() {
        return directories;
    }

    /** The additional context of that name, local or not; {@code :latest} may be left out. */
    Optional<String> context(String name) {
        if (name.isEmpty() || name.equals("context") || name.equals("scratch")) {
            return Optional.empty();
        }
        String bare = name.endsWith(":latest") ? name.substring(0, name.length() - ":latest".length()) : name;
        boolean known =
                request.contexts().containsKey(bare) || request.otherContexts().contains(bare);
        return known ? Optional.of(bare) : Optional.empty();
    }

    boolean isLocal(String context) {
        return context.isEmpty() || request.contexts().containsKey(context);
    }

    VisibleTree tree(String context) {
        return trees.computeIfAbsent(context, name -> new VisibleTree(request.contextNamed(name)));
    }
}
