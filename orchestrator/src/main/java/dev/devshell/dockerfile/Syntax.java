package dev.devshell.dockerfile;

import dev.devshell.DevshellException;
import java.util.List;

/** Words errors so that they point into the file. */
final class Syntax {
    private static final String CORRECT = "Correct the line; `docker build` would stop at it too";

    private final String file;
    private final List<String> lines;

    Syntax(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    DevshellException.Failed error(Statement at, String token, String why) {
        return error(at.line(), token, why);
    }

    /** @param token what is wrong, as it stands in the line; where it is not found, the line's beginning is marked */
    DevshellException.Failed error(int line, String token, String why) {
        String text =
                line <= lines.size() ? lines.get(line - 1).replace('\t', ' ').stripTrailing() : "";
        int column = Math.max(
                token.isEmpty() ? -1 : text.indexOf(token),
                text.length() - text.stripLeading().length());
        String shown = "%s%n%4d | %s%n     | %s^".formatted(why, line, text, " ".repeat(column));
        return new DevshellException.Failed(
                "DOCKERFILE-SYNTAX", "unable to read %s, line %d".formatted(file, line), shown, CORRECT);
    }
}
