package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A page that is loaded until it shows something. */
final class Page {
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final HttpRequest request;

    Page(String url) {
        this.request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    /** Loads it until it holds the text. */
    void await(String text, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        String seen = "nothing";
        while (System.nanoTime() < deadline) {
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200 && answer.body().contains(text)) {
                    return;
                }
                seen = "status " + answer.statusCode();
            } catch (IOException e) {
                seen = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DevshellException.Interrupted("interrupted");
            }
        }
        throw new DevshellException.Failed(
                "PAGE-STALE",
                request.uri() + " does not show the edit",
                "after " + patience.toSeconds() + " s it answers: " + seen,
                "devshell logs web");
    }
}
