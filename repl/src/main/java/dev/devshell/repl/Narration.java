package dev.devshell.repl;

import dev.devshell.Progress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a build's steps and what happens to containers; what the steps themselves print only with {@code --debug}. */
final class Narration implements Progress {
    /** As BuildKit's plain progress writes them: a vertex, then what it is or what it says. */
    private static final Pattern BUILD = Pattern.compile("#\\d+ (.*)");

    private static final Pattern STEP = Pattern.compile("\\[[^\\]]*\\d+/\\d+\\] .*");

    private final Console console;
    private final boolean everything;

    Narration(Console console, boolean everything) {
        this.console = console;
        this.everything = everything;
    }

    @Override
    public void tell(String line) {
        Matcher build = BUILD.matcher(line);
        if (everything) {
            console.say(line);
        } else if (build.matches()) {
            if (STEP.matcher(build.group(1)).matches()) {
                console.say(console.err(Style.DIM, "  " + build.group(1)));
            }
        } else if (!line.isBlank()) {
            console.say(console.err(Style.DIM, "  " + line.strip()));
        }
    }
}
