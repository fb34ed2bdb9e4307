package dev.devshell.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a session.
 *
 * @param v the protocol's version
 * @param id repeated in every reply
 */
record Request(int v, long id, String command, JsonNode args) {
    static final int VERSION = 1;

    Request(int v, long id, @Nullable String command, @Nullable JsonNode args) {
        this.v = v;
        this.id = id;
        this.command = Objects.requireNonNullElse(command, "");
        this.args = Objects.requireNonNullElse(args, JsonNodeFactory.instance.objectNode());
    }

    static Request of(String command, Object args) {
        return new Request(VERSION, 1, command, Json.MAPPER.valueToTree(args));
    }
}
