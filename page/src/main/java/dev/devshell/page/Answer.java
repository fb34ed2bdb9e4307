package dev.devshell.page;

import dev.devshell.DevshellException;
import java.util.Map;

/**
 * What a request is answered.
 *
 * @param status of HTTP
 * @param type of the content
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Answer(int status, String type, byte[] content) {
    private static final String JSON = "application/json";

    static Answer ok(Object value) {
        return json(200, value);
    }

    static Answer failed(DevshellException failure) {
        return json(failure instanceof DevshellException.Usage ? 400 : 409, fault(failure));
    }

    static Answer none(int status) {
        return new Answer(status, "", new byte[0]);
    }

    private static Answer json(int status, Object value) {
        return new Answer(status, JSON, PageJson.line(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Returns what a failure says. */
    static Map<String, Object> fault(DevshellException failure) {
        return PageJson.object(
                "code", failure.code(),
                "what", failure.what(),
                "why", failure.why(),
                "next", failure.next());
    }
}
