package dev.devshell;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong, why, and what to do next.
 *
 * <p>Every error that is meant for a user is one of these; {@link #exitCode()} is what the command line ends with.
 */
public abstract sealed class DevshellException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String what;
    private final String why;
    private final String next;

    private DevshellException(String code, String what, String why, String next, @Nullable Throwable cause) {
        super(cause);
        this.what = Objects.requireNonNull(what, "what");
        this.code = Objects.requireNonNull(code, "code");
        this.why = Objects.requireNonNull(why, "why");
        this.next = Objects.requireNonNull(next, "next");
    }

    /** Returns the stable name of this error, for programs: upper case with dashes, like {@code COMPOSE-SYNTAX}. */
    public String code() {
        return code;
    }

    /** Returns what could not be done, as one sentence without a full stop. */
    public String what() {
        return what;
    }

    /** Returns the cause as far as it is known; may be empty. */
    public String why() {
        return why;
    }

    /** Returns what the user can do about it, a command where there is one; may be empty. */
    public String next() {
        return next;
    }

    /** Returns what, why and next, for stack traces and test reports. */
    @Override
    public String getMessage() {
        return what + line("why", why) + line("next", next);
    }

    private static String line(String name, String text) {
        return text.isEmpty() ? "" : "\n  " + name + ": " + text;
    }

    /** Returns the exit code that the command line ends with on this error. */
    public abstract int exitCode();

    /** The request itself is wrong: an unknown service, a contradictory option. */
    public static final class Usage extends DevshellException {
        private static final long serialVersionUID = 1L;

        public Usage(String code, String what, String why, String next) {
            super(code, what, why, next, null);
        }

        @Override
        public int exitCode() {
            return 2;
        }
    }

    /** The container engine cannot be reached, or is too old. */
    public static final class EngineUnreachable extends DevshellException {
        private static final long serialVersionUID = 1L;

        public EngineUnreachable(String code, String what, String why, String next, @Nullable Throwable cause) {
            super(code, what, why, next, cause);
        }

        @Override
        public int exitCode() {
            return 3;
        }
    }

    /** A service did not become healthy. */
    public static final class Unhealthy extends DevshellException {
        private static final long serialVersionUID = 1L;

        public Unhealthy(String code, String what, String why, String next) {
            super(code, what, why, next, null);
        }

        @Override
        public int exitCode() {
            return 4;
        }
    }

    /** Something that was asked for could not be done. */
    public static final class Failed extends DevshellException {
        private static final long serialVersionUID = 1L;

        public Failed(String code, String what, String why, String next) {
            this(code, what, why, next, null);
        }

        public Failed(String code, String what, String why, String next, @Nullable Throwable cause) {
            super(code, what, why, next, cause);
        }

        @Override
        public int exitCode() {
            return 1;
        }
    }

    /** The user, or a signal, ended it. */
    public static final class Interrupted extends DevshellException {
        private static final long serialVersionUID = 1L;

        public Interrupted(String what) {
            super("INTERRUPTED", what, "", "", null);
        }

        @Override
        public int exitCode() {
            return 130;
        }
    }
}
