package dev.devshell.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * From a save to the verdict of the test that it concerns, in the Rails example under {@code devshell test --watch}, with each
 * stage on the way, and the application's own response time beside it.
 */
final class Verdict {
    static final String SCENARIO = "from a save to its verdict, Rails example";

    private static final String VIEW = "app/views/posts/index.html.erb";
    private static final String TEST = "src/test/java/blog/PageTests.java";
    private static final int PAUSE_MILLIS = 500;
    /** It asks for the page, and holds it against the view that is on the host. */
    private static final String SOURCE = """
            package blog;

            import static org.assertj.core.api.Assertions.assertThat;

            import dev.devshell.junit.ContainerDev;
            import dev.devshell.junit.DevService;
            import dev.devshell.junit.ForService;
            import java.nio.file.Files;
            import org.junit.jupiter.api.Test;

            @ContainerDev
            class PageTests {
                @Test
                void showsTheViewAsItIsSaved(@ForService("web") DevService web) throws Exception {
                    var view = Files.readString(web.file("app/views/posts/index.html.erb"));
                    String first = view.lines().findFirst().orElseThrow();
                    assertThat(new Browser(web).read("/")).as("round 0").contains(first);
                }
            }
            """;

    private final Lab lab;
    private final Report report;
    private final int trials;
    private final String program = new Devshell().title();
    private final HttpClient client = HttpClient.newHttpClient();

    Verdict(Lab lab, Options options, Report report) {
        this.lab = lab;
        this.report = report;
        this.trials = options.verdicts();
    }

    void run() throws IOException, InterruptedException, TimeoutException {
        try (RailsSite site = RailsSite.up(lab.scratch("verdict"))) {
            String view = "<h1>Round 0</h1>\n" + Files.readString(site.file(VIEW));
            Files.writeString(site.file(VIEW), view);
            Files.writeString(site.file(TEST), SOURCE);
            URI page = site.page("/");
            try (WatchedTests tests = new WatchedTests(site, "PageTests")) {
                var unused = tests.untilItWaits();
                measure("a view", site.file(VIEW), view, tests, page);
                measure("a test class", site.file(TEST), SOURCE, tests, page);
            }
        }
    }

    private void measure(String what, Path file, String text, WatchedTests tests, URI page)
            throws IOException, InterruptedException, TimeoutException {
        Map<String, List<Double>> stages = new LinkedHashMap<>();
        for (int trial = 1; trial <= trials; trial++) {
            Thread.sleep(PAUSE_MILLIS);
            double answer = answer(page);
            long saved = System.currentTimeMillis();
            Files.writeString(file, text.replaceFirst("ound 0", "ound " + trial));
            Map<String, Double> times = times(tests.untilItWaits(), saved);
            times.put("application, by a plain request before", answer);
            times.put("verdict over the application", times.getOrDefault("verdict", Double.NaN) - answer);
            times.forEach((stage, time) ->
                    stages.computeIfAbsent(stage, missing -> new ArrayList<>()).add(time));
        }
        stages.forEach((stage, times) -> report.add("save of " + what + ": " + stage, program, Sample.of(times)));
    }

    private double answer(URI page) throws IOException, InterruptedException {
        long since = System.nanoTime();
        var response = client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding());
        if (response.statusCode() != 200) {
            throw new IOException(page + " answers " + response.statusCode());
        }
        return (System.nanoTime() - since) / 1e6;
    }

    private static Map<String, Double> times(List<WatchedTests.Event> events, long saved) throws IOException {
        JsonNode verdict = null;
        JsonNode done = null;
        double reached = 0;
        for (WatchedTests.Event event : events) {
            if (event.name().equals("finished") && verdict == null) {
                verdict = event.told();
                reached = event.millis() - saved;
            } else if (event.name().equals("done")) {
                done = event.told();
            }
        }
        if (verdict == null || done == null || !verdict.path("status").asText().equals("passed")) {
            throw new IOException("the test did not pass: " + events);
        }
        Map<String, Double> times = new LinkedHashMap<>();
        double seen = done.path("saved").asLong() - saved;
        times.put("seen", seen);
        for (String stage : List.of("synced", "settled", "compiled", "selected", "worker")) {
            if (done.path("millis").has(stage)) {
                times.put(NAMES.get(stage), done.path("millis").path(stage).asDouble());
            }
        }
        times.put("the test itself", verdict.path("millis").asDouble());
        times.put("verdict", reached);
        return times;
    }

    private static final Map<String, String> NAMES = Map.of(
            "synced", "in the containers, since it was seen",
            "settled", "services settled",
            "compiled", "compiled (beside the sync)",
            "selected", "selected",
            "worker", "worker, to the test's start");
}
