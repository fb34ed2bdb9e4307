package dev.devshell.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the step that failed in the plain output of a build, and what it printed. */
final class BuildFailure {
    private static final Pattern STEP = Pattern.compile("^ > \\[(?:(\\S+) )?([^\\]]*)\\] ?(.*):$", Pattern.MULTILINE);
    private static final Pattern STAGE = Pattern.compile("^#\\d+ \\[(\\S+) internal\\]", Pattern.MULTILINE);
    private static final int MOST_LINES = 20;

    private BuildFailure() {}

    /** Returns {@code "the build of web failed at [3/3] RUN …"}, as far as that is known. */
    static String step(String text) {
        Matcher step = STEP.matcher(text);
        if (!step.find()) {
            return "the build failed";
        }
        String service = step.group(1) == null ? "" : " of " + step.group(1);
        return "the build" + service + " failed at [" + step.group(2) + "] " + step.group(3);
    }

    /** Returns {@code "web: "} where the output tells which service was built. */
    static String service(String text) {
        Matcher stage = STAGE.matcher(text);
        String service = "";
        while (stage.find()) {
            service = stage.group(1) + ": ";
        }
        return service;
    }

    /** Returns the end of what the step printed, and then why the build failed. */
    static String output(String text, String reason) {
        List<String> lines = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        if (step.find()) {
            text.substring(step.end())
                    .lines()
                    .skip(1)
                    .takeWhile(line -> !line.equals("------"))
                    .map(line -> line.replaceFirst("^\\d+\\.\\d+ ", ""))
                    .forEach(lines::add);
        }
        List<String> end = new ArrayList<>(lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
        end.add(reason.strip());
        return String.join("\n", end);
    }
}
