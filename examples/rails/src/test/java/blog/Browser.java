package blog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.devshell.junit.DevService;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads pages and fills in forms, with cookies. */
final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"authenticity_token\" value=\"([^\"]+)\"");

    private final DevService web;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    Browser(DevService web) {
        this.web = web;
    }

    /** Returns a page; a test fails where it is an error page. */
    String read(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(web.url(3000, path)).build());
    }

    /** Sends a form of a page that has one, with the token that Rails put into it; returns the page that follows. */
    String submit(String page, String path, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(read(page));
        if (!token.find()) {
            throw new AssertionError("no form in " + page);
        }
        String body = "authenticity_token=" + URLEncoder.encode(token.group(1), UTF_8)
                + fields.entrySet().stream()
                        .map(field -> "&" + URLEncoder.encode(field.getKey(), UTF_8) + "="
                                + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining());
        return post(path, body);
    }

    /** Presses the button of the page that Rails shows while there are migrations to be run; returns the page that follows. */
    String runPendingMigrations(String next) throws IOException, InterruptedException {
        return post(
                "/rails/actions",
                "error=ActiveRecord%3A%3APendingMigrationError&action=Run+pending+migrations&location="
                        + URLEncoder.encode(next, UTF_8));
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(web.url(3000, path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(request.uri() + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
