package dev.devshell.testcontainers;

import dev.devshell.junit.ContainerDevBuilder;
import dev.devshell.junit.ContainerDevExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A project of two services that are built here and serve one of their files; web has a health check, and bare publishes a port
 * that nobody listens on.
 *
 * <pre>
 * compose.yaml   web, bare
 * Dockerfile     COPY . . into /srv
 * server.pl      answers every request with page.txt
 * page.txt       "one"
 * </pre>
 */
final class PageProject {
    static final String NAME = "evidence-tc";

    private static final String COMPOSE = """
            name: evidence-tc
            services:
              web:
                build: .
                init: true
                ports: ["127.0.0.1::3000"]
                healthcheck: {test: ["CMD", "test", "-e", "/srv/page.txt"], interval: 300ms}
              bare:
                build: .
                init: true
                ports: ["127.0.0.1::3001"]
            """;

    private static final String DOCKERFILE = """
            FROM debian:trixie-slim
            WORKDIR /srv
            COPY . .
            CMD ["perl", "server.pl"]
            """;

    private static final String SERVER = """
            use IO::Socket::INET;
            $| = 1;
            my $s = IO::Socket::INET->new(LocalPort => 3000, Listen => 50, ReuseAddr => 1) or die "no port: $!";
            print "listening\\n";
            while (my $c = $s->accept) {
                while (defined(my $l = <$c>)) { last if $l =~ /^\\s*$/ }
                open(my $f, '<', '/srv/page.txt');
                my $t = do { local $/; <$f> };
                print $c "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: " . length($t) . "\\r\\n\\r\\n$t";
                close $c;
            }
            """;

    private PageProject() {}

    static ContainerDevBuilder in(Path root) {
        try {
            Path directory = Files.createDirectories(root.resolve("project"));
            Files.createDirectories(root.resolve("run"));
            Files.writeString(directory.resolve("compose.yaml"), COMPOSE);
            Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
            Files.writeString(directory.resolve("server.pl"), SERVER);
            Files.writeString(directory.resolve("page.txt"), "one");
            return ContainerDevExtension.builder()
                    .directory(directory)
                    .env("XDG_RUNTIME_DIR", root.resolve("run").toString())
                    .env("XDG_STATE_HOME", root.resolve("state").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String docker(String... words) {
        List<String> command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
