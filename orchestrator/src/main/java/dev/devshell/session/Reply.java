package dev.devshell.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevshellException;
import org.jspecify.annotations.Nullable;

/**
 * One line of an answer: any number of {@code progress}, then a {@code result} or an {@code error}.
 *
 * @param id of the request
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Reply(
        long id,
        @Nullable String progress,
        @Nullable JsonNode result,
        @Nullable Fault error) {
    static Reply progress(long id, String line) {
        return new Reply(id, line, null, null);
    }

    static Reply result(long id, Object value) {
        return new Reply(id, null, Json.MAPPER.valueToTree(value), null);
    }

    static Reply error(long id, DevshellException failure) {
        return new Reply(id, null, null, Fault.of(failure));
    }

    /** A {@link DevshellException} on its way to another process. */
    record Fault(int exit, String code, String what, String why, String next) {
        static Fault of(DevshellException e) {
            return new Fault(e.exitCode(), e.code(), e.what(), e.why(), e.next());
        }

        DevshellException toException() {
            return switch (exit) {
                case 2 -> new DevshellException.Usage(code, what, why, next);
                case 3 -> new DevshellException.EngineUnreachable(code, what, why, next, null);
                case 4 -> new DevshellException.Unhealthy(code, what, why, next);
                case 130 -> new DevshellException.Interrupted(what);
                default -> new DevshellException.Failed(code, what, why, next);
            };
        }
    }
}
