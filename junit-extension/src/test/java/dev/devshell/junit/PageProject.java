package dev.devshell.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A project of one service that serves one of its files.
 *
 * <pre>
 * compose.yaml   web, built here, with a port of a fixed number and a volume of a fixed name
 * Dockerfile     COPY . . into /srv
 * server.pl      answers every request with app/page.txt
 * app/page.txt   "one"
 * </pre>
 */
final class PageProject {
    private static final String COMPOSE = """
            name: %s
            services:
              web:
                build: .
                init: true
                container_name: %s-web
                ports: ["127.0.0.1:%d:3000"]
                volumes: ["data:/data"]
                healthcheck: {test: ["CMD", "test", "-e", "/srv/app/page.txt"], interval: 300ms}
            volumes:
              data: {name: %s-data}
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
                open(my $f, '<', '/srv/app/page.txt');
                my $t = do { local $/; <$f> };
                print $c "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: " . length($t) . "\\r\\n\\r\\n$t";
                close $c;
            }
            """;

    private final Path directory;
    private final Path root;
    private final String name;

    PageProject(Path root, String name, int port) {
        this.root = root;
        this.directory = root.resolve("project");
        this.name = name;
        try {
            Files.createDirectories(directory.resolve("app"));
            Files.createDirectories(root.resolve("run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("compose.yaml", COMPOSE.formatted(name, name, port, name));
        write("Dockerfile", DOCKERFILE);
        write("server.pl", SERVER);
        write("app/page.txt", "one");
    }

    Path directory() {
        return directory;
    }

    String name() {
        return name;
    }

    /** Sessions of these tests are nobody else's. */
    Map<String, String> env() {
        return Map.of(
                "XDG_RUNTIME_DIR", root.resolve("run").toString(),
                "XDG_STATE_HOME", root.resolve("state").toString());
    }

    ContainerDevBuilder builder() {
        ContainerDevBuilder builder = ContainerDevExtension.builder().directory(directory);
        env().forEach(builder::env);
        return builder;
    }

    ProjectKey key(Mode mode) {
        return new ProjectKey(directory, List.of(), "", List.of(), List.of(), env(), mode);
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything on the engine with a label that begins with the project's name. */
    List<String> leftOnTheEngine() {
        String label = "com.docker.compose.project";
        String format = "{{.Label \"" + label + "\"}}";
        return List.of("ps -a", "network ls", "volume ls").stream()
                .flatMap(list -> docker(list + " --filter label=" + label, "--format", format)
                        .lines())
                .filter(project -> project.startsWith(name))
                .toList();
    }

    static String docker(String words, String... more) {
        List<String> command = new java.util.ArrayList<>(List.of("docker"));
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.MINUTES);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
