package dev.devshell.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request: past the gate, to a file, a question, something to do, or the stream of what is told. */
final class Front implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String API = "api/";
    private static final int MOST_BODY = 64 << 10;
    private static final int BEAT_MILLIS = 10_000;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Secrets secrets;
    private final Gate gate;
    private final Requests requests;
    private final Feeds feeds;

    Front(Secrets secrets, Gate gate, Requests requests, Feeds feeds) {
        this.secrets = secrets;
        this.gate = gate;
        this.requests = requests;
        this.feeds = feeds;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Cache-Control", "no-store");
            headers.set("Content-Security-Policy", POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cross-Origin-Opener-Policy", "same-origin");
            headers.set("Cross-Origin-Resource-Policy", "same-origin");
            switch (gate.judge(exchange)) {
                case FOREIGN -> send(exchange, Answer.none(403));
                case UNKNOWN -> send(exchange, unknown());
                case WELCOME -> welcome(exchange);
                case LET_IN -> route(exchange);
            }
        } catch (RuntimeException e) {
            // The server would close the connection and say nothing.
            LOG.warn("A request of the page failed", e);
            throw e;
        }
    }

    private static Answer unknown() {
        String text = "401: open the address that 'devshell ui' printed\n";
        return new Answer(401, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private void welcome(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Set-Cookie", gate.cookie());
        exchange.getResponseHeaders().set("Location", secrets.path());
        send(exchange, Answer.none(303));
    }

    private void route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name =
                path.startsWith(secrets.path()) ? path.substring(secrets.path().length()) : "/";
        String method = exchange.getRequestMethod();
        if (name.equals(API + "events") && method.equals("GET")) {
            stream(exchange);
        } else if (name.startsWith(API)) {
            send(exchange, api(exchange, method, name.substring(API.length())));
        } else {
            Optional<Answer> file = method.equals("GET") ? Assets.get(name) : Optional.empty();
            send(exchange, file.orElse(Answer.none(404)));
        }
    }

    private Answer api(HttpExchange exchange, String method, String what) throws IOException {
        try {
            if (method.equals("GET")) {
                String query = exchange.getRequestURI().getRawQuery();
                return Answer.ok(requests.get(what, query == null ? "" : query));
            }
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
            if (!method.equals("POST") || body.length > MOST_BODY) {
                return Answer.none(method.equals("POST") ? 413 : 405);
            }
            return Answer.ok(requests.post(what, PageJson.read(body)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return Answer.none(400);
        } catch (DevshellException e) {
            return Answer.failed(e);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.content().length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.content().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer.content());
        }
    }

    /** Tells what happens until the browser leaves or the page is closed. */
    private void stream(HttpExchange exchange) throws IOException {
        Optional<Listener> joined = feeds.audience().join();
        if (joined.isEmpty()) {
            send(exchange, Answer.none(503));
            return;
        }
        Listener listener = joined.get();
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            write(out, List.of(Message.state("hello", PageJson.object())));
            feeds.greet(listener);
            while (!listener.isClosed()) {
                write(out, listener.take(BEAT_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feeds.audience().leave(listener);
        }
    }

    private static void write(OutputStream out, List<Message> messages) throws IOException {
        StringBuilder text = new StringBuilder();
        messages.forEach(message -> text.append("event: ")
                .append(message.kind())
                .append("\ndata: ")
                .append(message.json())
                .append("\n\n"));
        // A comment: whoever has left is noticed.
        out.write((messages.isEmpty() ? ":\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
