package dev.devshell.compose;

import dev.devshell.DevshellException;
import dev.devshell.DevshellException.EngineUnreachable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Compose.
 *
 * @param text as Compose says it, such as {@code 2.26.1-4}
 */
public record ComposeVersion(int major, int minor, int patch, String text) implements Comparable<ComposeVersion> {
    /** The oldest that devshell works with. */
    public static final ComposeVersion OLDEST = new ComposeVersion(2, 24, 0, "2.24");

    private static final Pattern FORM = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

    /** Reads what {@code docker compose version --short} prints. */
    static ComposeVersion parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new EngineUnreachable(
                    "COMPOSE-MISSING",
                    "Docker Compose does not say its version",
                    "it says: " + text.strip(),
                    INSTALL,
                    null);
        }
        String patch = matcher.group(3);
        return new ComposeVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch),
                matcher.group());
    }

    static final String INSTALL =
            "install Docker Compose 2.24 or later: https://docs.docker.com/compose/install/ (`scripts/engine` does on Debian"
                    + " and Ubuntu)";

    /** Throws where this is older than {@link #OLDEST}. */
    ComposeVersion required() {
        if (compareTo(OLDEST) < 0) {
            throw tooOld(text);
        }
        return this;
    }

    private static DevshellException tooOld(String version) {
        return new EngineUnreachable(
                "COMPOSE-TOO-OLD",
                "Docker Compose is too old",
                "it is " + version + "; devshell needs " + OLDEST.text() + " or later",
                INSTALL,
                null);
    }

    @Override
    public int compareTo(ComposeVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = Integer.compare(minor, other.minor);
        return byMajor != 0 ? byMajor : byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }
}
