package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on the Rails example, in a real terminal, as the README shows it. */
@Tag("engine")
class RailsShellTests {
    private static final int COLUMNS = 100;
    private static final int ROWS = 28;
    private static final String PROMPT = "blog-shell> ";
    private static final String VIEW = "app/views/posts/index.html.erb";

    private final Scratch scratch;
    private final TinyProject project;

    RailsShellTests(@TempDir Path root) throws IOException {
        scratch = Scratch.copyOf(Home.find().resolve("examples/rails"));
        project = new TinyProject(scratch.directory(), root, "blog-shell");
    }

    @AfterEach
    void remove() throws IOException {
        project.devshell(Map.of("COMPOSE_PROJECT_NAME", project.name()), "--yes", "down", "-v");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
        scratch.close();
    }

    @Test
    @DisplayName(
            "boots, generates code in the container that is on the host, leaves; the recording is target/rails.cast")
    void aSession() throws IOException {
        Path cast = Path.of("target", "rails.cast");
        try (Tmux terminal = Tmux.devshell(project, COLUMNS, ROWS, Map.of("COMPOSE_PROJECT_NAME", project.name()))) {
            terminal.record(cast, "devshell on a Rails application");
            terminal.awaitText("blog-shell is up and in sync");
            terminal.awaitText("2/2 up  in sync");
            terminal.enter("ps");
            terminal.awaitPrompt(PROMPT);

            project.write(VIEW, "<h1>Edited on the host</h1>\n");
            terminal.enter("exec web cat " + VIEW);
            terminal.awaitText("\n<h1>Edited on the host</h1>\n");
            terminal.enter("exec web bin/rails generate model Note title:string");
            terminal.awaitText("create      test/fixtures/notes.yml");
            terminal.awaitPrompt(PROMPT);
            assertThat(Files.readString(project.path("app/models/note.rb"))).contains("class Note");
            terminal.enter("sync history --limit 3");
            terminal.awaitPrompt(PROMPT);

            terminal.press("C-d");
            terminal.awaitText("Stop the containers of blog-shell? [Y/n]");
            terminal.press("Enter");
            terminal.awaitText("ended with 0");
        }
        assertThat(Files.readAllLines(cast))
                .hasSizeGreaterThan(10)
                .first()
                .asString()
                .startsWith("{\"version\":2");
    }
}
