package dev.devshell.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a request is let in: it must name this server (or another name leads here, and a foreign page behind it),
 * come from no other page, and know a secret.
 */
final class Gate {
    static final String HEADER = "X-Devshell";
    private static final String COOKIE = "devshell";
    private static final String TOKEN = "token=";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Secrets secrets;
    private final List<String> hosts;

    Gate(Secrets secrets, int port) {
        this.secrets = secrets;
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** What becomes of a request. */
    enum Verdict {
        LET_IN,
        /** It has the token: it gets the cookie, and is sent to where that is good for. */
        WELCOME,
        UNKNOWN,
        FOREIGN
    }

    Verdict judge(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        if (!isOwn(headers)) {
            return Verdict.FOREIGN;
        }
        boolean get = exchange.getRequestMethod().equals("GET");
        Optional<String> token = token(exchange);
        if (token.isPresent()) {
            return get && secrets.lets(token.get()) ? Verdict.WELCOME : Verdict.UNKNOWN;
        }
        if (!hasCookie(headers)) {
            return Verdict.UNKNOWN;
        }
        // A form of another page cannot send this, whatever a browser thinks of it.
        return get || headers.containsKey(HEADER) ? Verdict.LET_IN : Verdict.FOREIGN;
    }

    private boolean isOwn(Headers headers) {
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            return false;
        }
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        return (origin == null || origin.equals("http://" + host.get(0))) && (site == null || OWN_SITES.contains(site));
    }

    private static Optional<String> token(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        boolean front = exchange.getRequestURI().getPath().equals("/");
        return front && query != null && query.startsWith(TOKEN)
                ? Optional.of(query.substring(TOKEN.length()))
                : Optional.empty();
    }

    private boolean hasCookie(Headers headers) {
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(one -> one.startsWith(COOKIE + "="))
                .anyMatch(one -> secrets.isCookie(one.substring(COOKIE.length() + 1)));
    }

    /** Returns the cookie as it is set. */
    String cookie() {
        return COOKIE + "=" + secrets.cookie() + "; Path=" + secrets.path() + "; HttpOnly; SameSite=Strict";
    }
}
