package dev.devshell.dockerfile;

import dev.devshell.DevshellException;
import java.util.List;

/** Derives from a Dockerfile what maps where. */
public final class DockerfilePlanner {
    private DockerfilePlanner() {}

    /**
     * Plans one build.
     *
     * @throws DevshellException.Failed {@code DOCKERFILE-SYNTAX} pointing at what BuildKit would refuse too, {@code
     *     DOCKERFILE-TARGET} for a stage that is not there
     */
    public static DockerfilePlan plan(BuildRequest request, BaseImages images) {
        List<String> lines = DockerfileReader.lines(request.text());
        Syntax syntax = new Syntax(request.file(), lines);
        InstructionParser parser = new InstructionParser(syntax);
        List<Instruction> instructions =
                DockerfileReader.read(syntax, lines).stream().map(parser::parse).toList();
        if (instructions.isEmpty()) {
            throw syntax.error(1, "", "it has no instruction");
        }
        Stages stages = new Stages(syntax, request, instructions);
        return new Evaluator(request, images, syntax, parser, stages).plan();
    }
}
