package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.DevSession;
import dev.devshell.compose.ComposeOptions;
import dev.devshell.repl.TinyProject.Run;
import dev.devshell.session.ProjectAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Rails example from up to down, by the command line alone. */
@Tag("engine")
class RailsExampleTests {
    private static final String VIEW = "app/views/posts/index.html.erb";

    private final Scratch scratch;
    private final TinyProject project;

    RailsExampleTests(@TempDir Path root) throws IOException {
        scratch = Scratch.copyOf(Home.find().resolve("examples/rails"));
        project = new TinyProject(scratch.directory(), root, "cli-rails");
    }

    private Run devshell(String... arguments) {
        return project.devshell(Map.of("COMPOSE_PROJECT_NAME", project.name()), arguments);
    }

    @AfterEach
    void remove() throws IOException {
        devshell("--yes", "down", "-v");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
        scratch.close();
    }

    @Test
    @DisplayName("rule 8: after a flush the page is the new one, 200 times in a row")
    void neverServesTheOldView() throws IOException, InterruptedException {
        assertThat(devshell("up", "-d").code()).isZero();
        String url = "http://" + devshell("port", "web", "3000").out().strip() + "/";
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest page = HttpRequest.newBuilder(URI.create(url)).build();

        try (ProjectAccess access = new ProjectAccess(options());
                DevSession session = access.find().orElseThrow()) {
            for (int round = 1; round <= 200; round++) {
                project.write(VIEW, "<h1>Round " + round + "</h1>\n");
                session.sync().flush(Duration.ofSeconds(30));
                assertThat(client.send(page, BodyHandlers.ofString()).body()).contains("<h1>Round " + round + "</h1>");
            }
        }
    }

    /** As the commands of {@link TinyProject} have it, in this JVM. */
    private ComposeOptions options() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("XDG_RUNTIME_DIR", project.runtime().toString());
        environment.put(
                "XDG_STATE_HOME", project.runtime().resolveSibling("state").toString());
        return new ComposeOptions(
                scratch.directory(),
                List.of(),
                Optional.of(project.name()),
                Optional.empty(),
                List.of(),
                List.of(),
                environment);
    }

    @Test
    @DisplayName("an edited view is served, and a scaffold is on the host with the user's own name on it")
    void roundTrip() throws IOException {
        Run up = devshell("up", "-d");
        assertThat(up.err()).contains("is up and in sync");
        assertThat(up.code()).isZero();
        String url = "http://" + devshell("port", "web", "3000").out().strip() + "/";

        project.write(VIEW, "<p>Fresh from the host</p>\n" + project.read(VIEW));
        assertThat(devshell("sync", "flush").code()).isZero();
        new Page(url).await("Fresh from the host", Duration.ofSeconds(30));

        Set<String> before = scratch.files();
        assertThat(devshell("exec", "web", "bin/rails", "generate", "scaffold", "Note", "title:string")
                        .code())
                .isZero();
        Set<String> made = new TreeSet<>(scratch.files());
        made.removeAll(before);
        assertThat(made)
                .contains("app/models/note.rb", "app/controllers/notes_controller.rb", "app/views/notes/index.html.erb")
                .noneMatch(file -> file.startsWith("log/") || file.startsWith("tmp/"));
        for (String file : made) {
            assertThat(Files.getOwner(project.path(file))).isEqualTo(Files.getOwner(project.path("config.ru")));
        }
        assertThat(project.read("config/routes.rb")).contains("resources :notes");

        assertThat(devshell("exec", "web", "bin/rails", "db:migrate").code()).isZero();
        assertThat(project.read("db/schema.rb")).contains("create_table \"notes\"");

        assertThat(devshell("down").code()).isZero();
        Run left = project.run(
                Map.of(),
                List.of("docker", "ps", "-aq", "--filter", "label=com.docker.compose.project=" + project.name()));
        assertThat(left.out()).isEmpty();
    }
}
