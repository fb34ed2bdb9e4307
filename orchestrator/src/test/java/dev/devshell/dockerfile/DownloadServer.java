package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves a file to download, and a git repository as plain files. */
final class DownloadServer implements AutoCloseable {
    private final HttpServer server;
    private final Path root;

    DownloadServer(Path root) throws IOException, InterruptedException {
        this.root = root;
        repository(Files.createDirectories(root.resolve("work")));
        Files.writeString(root.resolve("download"), "downloaded\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void repository(Path work) throws IOException, InterruptedException {
        Files.writeString(work.resolve("cloned"), "from the repository\n");
        Engine.run(work, "git", "init", "-q", "-b", "main", ".");
        Engine.run(work, "git", "add", ".");
        Engine.run(work, "git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "one");
        Engine.run(root, "git", "clone", "-q", "--bare", "work", "repository.git");
        Engine.run(root.resolve("repository.git"), "git", "update-server-info");
    }

    private void answer(HttpExchange exchange) throws IOException {
        Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
        boolean found = Files.isRegularFile(file);
        byte[] body = found ? Files.readAllBytes(file) : "none".getBytes(UTF_8);
        exchange.sendResponseHeaders(found ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
