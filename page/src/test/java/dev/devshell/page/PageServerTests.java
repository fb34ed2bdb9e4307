package dev.devshell.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.LogEntry;
import dev.devshell.conflict.Contents;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageServerTests {
    private static final String OWN = "X-Devshell: page";

    private final FakeSession session;
    private final CountDownLatch written = new CountDownLatch(1);
    private final List<LogEntry> lines = new ArrayList<>();
    private final PageServer server;
    private final int port;

    PageServerTests(@TempDir Path directory) throws IOException {
        session = new FakeSession(directory);
        Files.writeString(directory.resolve("a.txt"), "one\nhost\n");
        byte[] container = "one\n<img src=x onerror=alert(1)>\u001b[2J\n".getBytes(StandardCharsets.UTF_8);
        PageProject project = new PageProject(
                session,
                this::logs,
                (id, path, most) -> new Contents.File(container, container.length),
                List::of,
                watch -> {
                    throw new DevshellException.Usage("NO-TESTS", "there are no tests", "", "");
                });
        server = PageServer.open(project, 0);
        port = server.port();
    }

    private void logs(java.util.function.Consumer<LogEntry> consumer) {
        lines.forEach(consumer);
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aRequestWithoutTheTokenGets401() throws IOException {
        Visitor stranger = new Visitor(port);

        assertThat(stranger.get("/").status()).isEqualTo(401);
        assertThat(stranger.get("/?token=").status()).isEqualTo(401);
        assertThat(stranger.get("/?token=" + "A".repeat(43)).status()).isEqualTo(401);
        assertThat(stranger.with("Cookie: devshell=wrong").get("/").status()).isEqualTo(401);
        assertThat(stranger.with(OWN).post("/api/pause", "{}").status()).isEqualTo(401);
        assertThat(session.asked).isEmpty();
    }

    @Test
    void theTokenIsExchangedForACookieThatOnlyThisPageGets() throws IOException {
        Visitor.Answer welcome = new Visitor(port).get("/?" + server.address().getRawQuery());

        assertThat(welcome.status()).isEqualTo(303);
        assertThat(welcome.header("location")).matches("/[\\w-]{16}/");
        assertThat(welcome.header("set-cookie"))
                .matches("devshell=[\\w-]{43}; Path=" + welcome.header("location") + "; HttpOnly; SameSite=Strict");
        assertThat(welcome.head()).doesNotContain(server.address().getRawQuery().substring("token=".length()));
    }

    @Test
    void anAddressForOnceIsGoodOnce() throws IOException {
        String query = server.addressForOnce().getRawQuery();

        assertThat(new Visitor(port).get("/?" + query).status()).isEqualTo(303);
        assertThat(new Visitor(port).get("/?" + query).status()).isEqualTo(401);
        assertThat(new Visitor(port).get("/?" + server.address().getRawQuery()).status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:1",
                "Origin: https://127.0.0.1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void arequestFromAnotherOriginGetsNothing(String header) throws IOException {
        Visitor.Known known = Visitor.known(server);
        Visitor foreign = known.visitor().with(header);

        for (Visitor.Answer answer : List.of(
                foreign.get(known.base()),
                foreign.get(known.base() + "api/plan"),
                foreign.get("/?" + server.address().getRawQuery()),
                foreign.with(OWN).post(known.base() + "api/pause", "{}"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                    .doesNotContain("set-cookie", "access-control", "location");
        }
        assertThat(session.asked).isEmpty();
    }

    @Test
    void anotherNameThatLeadsHereGetsNothing() throws IOException {
        Visitor.Known known = Visitor.known(server);

        for (String host : List.of("Host: evil.example", "Host: evil.example:" + port, "Host: 127.0.0.1")) {
            Visitor.Answer answer = known.visitor().with(host).send("GET", known.base(), "", false);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(known.visitor()
                        .with("Host: localhost:" + port)
                        .send("GET", known.base(), "", false)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothingIsDoneForAFormOfAnotherPage() throws IOException {
        Visitor.Known known = Visitor.known(server);

        assertThat(known.visitor().post(known.base() + "api/pause", "{}").status())
                .isEqualTo(403);
        assertThat(session.asked).isEmpty();
        assertThat(known.visitor()
                        .with(OWN)
                        .post(known.base() + "api/pause", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(session.asked).containsExactly("pause");
    }

    @Test
    void thePageRunsItsOwnScriptsOnlyAndIsNeverKept() throws IOException {
        Visitor.Known known = Visitor.known(server);

        Visitor.Answer page = known.visitor().get(known.base());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(page.header("cache-control")).isEqualTo("no-store");
        assertThat(page.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(page.body()).doesNotContain("<script>", "style=", "onclick");
    }

    @Test
    void noScriptMakesMarkupOfText() throws IOException {
        Visitor.Known known = Visitor.known(server);

        for (String name : List.of("app", "dom", "services", "logs", "sync", "plot", "conflicts", "tests", "history")) {
            Visitor.Answer script = known.visitor().get(known.base() + name + ".js");
            assertThat(script.status()).isEqualTo(200);
            assertThat(script.header("content-type")).startsWith("text/javascript");
            assertThat(script.body())
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        }
    }

    @Test
    void filesThatAreNotListedAreNotThere() throws IOException {
        Visitor.Known known = Visitor.known(server);

        for (String path : List.of("nothing", "../Front.class", "%2e%2e/Front.class", "web/app.js", "app.js/")) {
            assertThat(known.visitor().get(known.base() + path).status()).isEqualTo(404);
        }
        assertThat(known.visitor().get("/app.js").status()).isEqualTo(404);
    }

    @Test
    void whatAContainerSaysIsTextWithoutControls() throws IOException {
        lines.add(new LogEntry(
                "web", 1, "id", Instant.EPOCH, "\u001b[31mred\u001b[0m\u001b]0;title\u0007 <script>x</script>\u202e"));
        Visitor.Known known = Visitor.known(server);

        try (Socket socket = known.visitor().listen(known.base() + "api/events")) {
            String log = Visitor.await(socket.getInputStream(), "<script>x</script>");
            assertThat(log).contains("\"red <script>x</script>\ufffd\"").doesNotContain("\u001b", "\\u001B", "title");
        }
    }

    @Test
    void aListenerIsToldAllThatStands() throws IOException {
        Visitor.Known known = Visitor.known(server);

        try (Socket socket = known.visitor().listen(known.base() + "api/events")) {
            String told = Visitor.await(socket.getInputStream(), "event: history");
            assertThat(told)
                    .contains("text/event-stream", "event: hello", "event: sync", "event: services", "event: conflicts")
                    .contains("\"detail\":\"red\"", "event: changes", "a.txt");
        }
    }

    @Test
    void onlySoManyListen() throws IOException {
        Visitor.Known known = Visitor.known(server);
        List<Socket> listening = new ArrayList<>();
        try {
            for (int i = 0; i < Audience.MOST; i++) {
                Socket socket = known.visitor().listen(known.base() + "api/events");
                listening.add(socket);
                Visitor.await(socket.getInputStream(), "event: hello");
            }
            assertThat(known.visitor().get(known.base() + "api/events").status())
                    .isEqualTo(503);
            assertThat(known.visitor().get(known.base()).status()).isEqualTo(200);

            listening.get(0).close();
            await().untilAsserted(() -> {
                try (Socket next = known.visitor().listen(known.base() + "api/events")) {
                    assertThat(Visitor.await(next.getInputStream(), "\r\n")).contains("200");
                }
            });
        } finally {
            for (Socket socket : listening) {
                socket.close();
            }
        }
    }

    @Test
    void showsBothVersionsOfAConflictAndDecidesIt() throws IOException {
        Visitor.Known known = Visitor.known(server);
        String id;
        try (Socket socket = known.visitor().listen(known.base() + "api/events")) {
            String told = Visitor.await(socket.getInputStream(), "event: history");
            id = told.replaceFirst("(?s).*event: conflicts\ndata: \\[\\{\"id\":\"(\\w+)\".*", "$1");
        }

        String versions =
                known.visitor().get(known.base() + "api/conflict?" + id).body();
        assertThat(versions)
                .contains("\"kind\":\"CHANGED\",\"left\":\"host\"", "<img src=x onerror=alert(1)>\u241b[2J");

        Visitor own = known.visitor().with(OWN);
        assertThat(own.post(known.base() + "api/resolve", "{\"id\":\"../../etc/passwd\",\"keep\":\"host\"}")
                        .status())
                .isEqualTo(400);
        assertThat(own.post(known.base() + "api/resolve", "{\"id\":\"" + id + "\",\"keep\":\"all\"}")
                        .status())
                .isEqualTo(400);
        assertThat(own.post(known.base() + "api/resolve", "{\"id\":\"" + id + "\",\"keep\":\"container\"}")
                        .status())
                .isEqualTo(200);
        assertThat(session.asked).containsExactly("resolve a.txt CONTAINER");
    }

    @Test
    void doesWhatTheCommandsDoAndSaysWhatWentWrong() throws IOException {
        Visitor.Known known = Visitor.known(server);
        Visitor own = known.visitor().with(OWN);

        assertThat(own.post(known.base() + "api/undo", "{\"id\":\"v1\"}").status())
                .isEqualTo(200);
        assertThat(own.post(known.base() + "api/restart", "{\"service\":\"web\"}")
                        .status())
                .isEqualTo(200);
        assertThat(own.post(known.base() + "api/restart", "{\"service\":\"--all\"}")
                        .status())
                .isEqualTo(400);
        assertThat(own.post(known.base() + "api/down", "{}").status()).isEqualTo(400);
        assertThat(own.post(known.base() + "api/undo", "not json").status()).isEqualTo(400);
        assertThat(own.post(known.base() + "api/undo", "x".repeat(100_000)).status())
                .isEqualTo(413);
        assertThat(own.send("PUT", known.base() + "api/undo", "{}", true).status())
                .isEqualTo(405);
        Visitor.Answer late = own.post(known.base() + "api/flush", "{}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()).contains("SYNC-BEHIND", "devshell sync status");
        await().untilAsserted(() -> assertThat(session.asked).containsExactly("undo v1", "restart [web]"));
    }

    @Test
    void aRebuildThatFailsAndTestsThatAreNotThereAreTold() throws IOException {
        Visitor.Known known = Visitor.known(server);
        try (Socket socket = known.visitor().listen(known.base() + "api/events")) {
            Visitor.await(socket.getInputStream(), "event: hello");
            known.visitor().with(OWN).post(known.base() + "api/rebuild", "{\"service\":\"web\"}");
            assertThat(Visitor.await(socket.getInputStream(), "BUILD-FAILED")).contains("\"state\":\"failed\"");
            known.visitor().with(OWN).post(known.base() + "api/test", "{\"action\":\"run\",\"watch\":false}");
            assertThat(Visitor.await(socket.getInputStream(), "NO-TESTS")).contains("\"event\":\"error\"");
        }
    }

    @Test
    void endsWithTheSession() throws Exception {
        Visitor.Known known = Visitor.known(server);
        CompletableFuture<Void> end = CompletableFuture.runAsync(server::awaitEnd);
        try (Socket socket = known.visitor().listen(known.base() + "api/events")) {
            Visitor.await(socket.getInputStream(), "event: hello");
            session.over.countDown();
            Visitor.await(socket.getInputStream(), "event: ended");
        }
        end.get(10, TimeUnit.SECONDS);
        server.close();

        assertThatThrownBy(() -> new Visitor(port).get("/")).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        PageProject project =
                new PageProject(session, this::logs, (id, path, most) -> new Contents.Absent(), List::of, w -> {
                    throw new IllegalStateException();
                });

        assertThatThrownBy(() -> PageServer.open(project, port))
                .isInstanceOfSatisfying(
                        DevshellException.Failed.class,
                        e -> assertThat(e.code()).isEqualTo("PORT-TAKEN"));
    }
}
