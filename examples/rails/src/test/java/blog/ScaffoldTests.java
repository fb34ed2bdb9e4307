package blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.junit.ContainerDev;
import dev.devshell.junit.DevService;
import dev.devshell.junit.ExecResult;
import dev.devshell.junit.ForService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a generator makes in the container is on the host, and is served. */
@ContainerDev
@Tag("engine")
class ScaffoldTests {
    private final DevService web;
    private final Browser browser;
    private final Database database;
    private Set<Path> files = Set.of();

    ScaffoldTests(@ForService("web") DevService web, @ForService("db") DevService db) {
        this.web = web;
        this.browser = new Browser(web);
        this.database = new Database(db);
    }

    @BeforeEach
    void rememberWhatIsThere() throws IOException {
        files = files();
        inContainer("cp", "config/routes.rb", "db/schema.rb", "/tmp");
    }

    @Test
    void servesAScaffoldThatWasGeneratedInTheContainer() throws IOException, InterruptedException {
        inContainer("bin/rails", "generate", "scaffold", "Bookmark", "address:string");

        // It is here already: an exec returns when what it wrote has arrived.
        assertThat(web.file("app/models/bookmark.rb")).content().contains("class Bookmark < ApplicationRecord");
        assertThat(web.file("app/views/bookmarks/index.html.erb")).exists();
        assertThat(web.file("config/routes.rb")).content().contains("resources :bookmarks");

        browser.runPendingMigrations("/bookmarks/new");
        web.awaitSynced();

        assertThat(web.file("db/schema.rb")).content().contains("create_table \"bookmarks\"");
        String page =
                browser.submit("/bookmarks/new", "/bookmarks", Map.of("bookmark[address]", "https://rubyonrails.org"));
        assertThat(page).contains("Bookmark was successfully created.").contains("https://rubyonrails.org");
    }

    /** By hand, which is quicker than two more starts of Rails; in the container, so that a watch mode takes it for the test's doing. */
    @AfterEach
    void takeTheScaffoldAway() throws IOException {
        Path root = web.file(".").normalize();
        List<String> made = files().stream()
                .filter(file -> !files.contains(file))
                .map(file -> root.relativize(file).toString())
                .toList();
        database.run("DROP TABLE IF EXISTS bookmarks");
        for (String file : made) {
            if (file.endsWith("_create_bookmarks.rb")) {
                String version = Path.of(file).getFileName().toString().split("_", 2)[0];
                database.run("DELETE FROM schema_migrations WHERE version = '" + version + "'");
            }
        }
        inContainer("cp", "/tmp/routes.rb", "config/routes.rb");
        inContainer("cp", "/tmp/schema.rb", "db/schema.rb");
        inContainer(Stream.concat(Stream.of("rm", "-rf", "--"), made.stream()).toArray(String[]::new));

        assertThat(files()).isEqualTo(files);
    }

    private void inContainer(String... command) {
        ExecResult result = web.exec(command);
        assertThat(result.ok()).as(result.out() + result.err()).isTrue();
    }

    private Set<Path> files() throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String directory : List.of("app", "config", "db", "test")) {
            try (Stream<Path> walk = Files.walk(web.file(directory))) {
                walk.map(Path::normalize).forEach(all::add);
            }
        }
        return all;
    }
}
