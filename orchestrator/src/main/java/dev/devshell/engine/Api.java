package dev.devshell.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engine's HTTP API, as JSON.
 *
 * <p>Says what it asked for in words ({@code what}), so that a failure can be told to a person.
 */
final class Api implements AutoCloseable {
    /** The newest version whose answers this package was written against. */
    private static final String NEWEST = "1.47";
    /** Docker 20.10. */
    private static final String OLDEST = "1.41";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineAddress address;
    private final Route route;
    /** Answers within a minute or not at all; an engine can be up and hang. */
    private final DockerHttpClient control;

    private final DockerHttpClient streams;
    private final String version;

    private Api(
            EngineAddress address, Route route, DockerHttpClient control, DockerHttpClient streams, String version) {
        this.address = address;
        this.route = route;
        this.control = control;
        this.streams = streams;
        this.version = version;
    }

    static Api connect(EngineAddress address, Map<String, String> env) {
        Route route = Route.to(address, env);
        DockerHttpClient control =
                client(route).responseTimeout(Duration.ofMinutes(1)).build();
        try (Response answer = control.execute(request("GET", "/_ping"))) {
            String version = negotiate(address, String.valueOf(answer.getHeader("Api-Version")));
            return new Api(
                    address, route, control, client(route).build(), env.getOrDefault("DOCKER_API_VERSION", version));
        } catch (RuntimeException e) {
            Exception reason = route.reason(e);
            closeAfter(e, control);
            route.close();
            throw e instanceof DevshellException ? e : Refusals.unreachable(address, reason);
        }
    }

    private static ZerodepDockerHttpClient.Builder client(Route route) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(route.socket())
                .connectionTimeout(Duration.ofSeconds(5));
    }

    private static void closeAfter(RuntimeException failure, DockerHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static String negotiate(EngineAddress address, String offered) {
        if (!offered.matches("\\d+\\.\\d+")) {
            throw Refusals.unreachable(address, new IOException("what answers is not a container engine"));
        }
        if (compare(offered, OLDEST) < 0) {
            throw Refusals.tooOld(address, offered, OLDEST);
        }
        return compare(offered, NEWEST) < 0 ? offered : NEWEST;
    }

    private static int compare(String left, String right) {
        String[] l = left.split("\\.", 2);
        String[] r = right.split("\\.", 2);
        int major = Integer.compare(Integer.parseInt(l[0]), Integer.parseInt(r[0]));
        return major != 0 ? major : Integer.compare(Integer.parseInt(l[1]), Integer.parseInt(r[1]));
    }

    Dial dial() {
        return route.dial();
    }

    String version() {
        return version;
    }

    JsonNode get(String what, String path) {
        return find(what, path).orElseThrow(() -> Refusals.refused(what, 404, "not found"));
    }

    /** Like {@link #get}, with nothing where the engine does not know the thing. */
    Optional<JsonNode> find(String what, String path) {
        try (Response answer = send(control, what, request("GET", prefixed(path)))) {
            if (answer.getStatusCode() == 404) {
                return Optional.empty();
            }
            return Optional.of(parse(what, accepted(what, answer).getBody()));
        }
    }

    JsonNode post(String what, String path, JsonNode body) {
        Request request = Request.builder()
                .method("POST")
                .path(prefixed(path))
                .headers(Map.of("Content-Type", "application/json"))
                .bodyBytes(bytes(body))
                .build();
        try (Response answer = send(control, what, request)) {
            return parse(what, accepted(what, answer).getBody());
        }
    }

    void put(String what, String path, InputStream body) {
        Request request = Request.builder()
                .method("PUT")
                .path(prefixed(path))
                .headers(Map.of("Content-Type", "application/x-tar"))
                .body(body)
                .build();
        try (Response answer = send(control, what, request)) {
            accepted(what, answer);
        }
    }

    /** Asks whether a thing is there, without its content. */
    boolean exists(String what, String path) {
        try (Response answer = send(control, what, request("HEAD", prefixed(path)))) {
            return answer.getStatusCode() != 404 && accepted(what, answer).getStatusCode() > 0;
        }
    }

    /** Opens an answer that has no end of its own; whoever asked closes it. */
    Response open(String what, String path) {
        Response answer = send(streams, what, request("GET", prefixed(path)));
        try {
            return accepted(what, answer);
        } catch (RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private String prefixed(String path) {
        return "/v" + version + path;
    }

    private static Request request(String method, String path) {
        return Request.builder().method(method).path(path).build();
    }

    private Response send(DockerHttpClient client, String what, Request request) {
        try {
            return client.execute(request);
        } catch (RuntimeException e) {
            throw broken(what, e);
        }
    }

    private RuntimeException broken(String what, Exception failure) {
        return Thread.currentThread().isInterrupted()
                ? Refusals.interrupted(what)
                : Refusals.lost(address, route.reason(failure));
    }

    private Response accepted(String what, Response answer) {
        int status = answer.getStatusCode();
        if (status >= 200 && status < 300) {
            return answer;
        }
        throw new ApiRefusal(what, status, message(answer));
    }

    private static String message(Response answer) {
        try (InputStream body = answer.getBody()) {
            byte[] text = body.readNBytes(65_536);
            try {
                return JSON.readTree(text).path("message").asText("");
            } catch (JsonProcessingException e) {
                return new String(text, StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            return "its reason could not be read: " + Refusals.reason(e);
        }
    }

    private JsonNode parse(String what, InputStream body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw broken(what, e);
        }
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Escapes a value for a path or a query. */
    static String escape(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Escapes filters as the engine's lists and streams take them. */
    static String filters(Map<String, ? extends List<String>> filters) {
        return escape(new String(bytes(JSON.valueToTree(filters)), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        closeQuietly(control);
        closeQuietly(streams);
        route.close();
    }

    private void closeQuietly(DockerHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the connection to " + address, e);
        }
    }
}
