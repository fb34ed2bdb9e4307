package blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.junit.ContainerDev;
import dev.devshell.junit.DevService;
import dev.devshell.junit.ExecResult;
import dev.devshell.junit.ForService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
    private static final String ROUTES = "config/routes.rb";
    private static final String SCHEMA = "db/schema.rb";

    private final DevService web;
    private final Browser browser;
    private final Database database;
    private Set<Path> files = Set.of();
    private String routes = "";
    private String schema = "";

    ScaffoldTests(@ForService("web") DevService web, @ForService("db") DevService db) {
        this.web = web;
        this.browser = new Browser(web);
        this.database = new Database(db);
    }

    @BeforeEach
    void rememberWhatIsThere() throws IOException {
        files = files();
        routes = Files.readString(web.file(ROUTES));
        schema = Files.readString(web.file(SCHEMA));
    }

    @Test
    void servesAScaffoldThatWasGeneratedInTheContainer() throws IOException, InterruptedException {
        ExecResult generated = web.exec("bin/rails", "generate", "scaffold", "Bookmark", "address:string");
        assertThat(generated.ok()).as(generated.out() + generated.err()).isTrue();

        // It is here already: an exec returns when what it wrote has arrived.
        assertThat(web.file("app/models/bookmark.rb")).content().contains("class Bookmark < ApplicationRecord");
        assertThat(web.file("app/views/bookmarks/index.html.erb")).exists();
        assertThat(web.file(ROUTES)).content().contains("resources :bookmarks");

        browser.runPendingMigrations("/bookmarks/new");
        web.awaitSynced();

        assertThat(web.file(SCHEMA)).content().contains("create_table \"bookmarks\"");
        String page =
                browser.submit("/bookmarks/new", "/bookmarks", Map.of("bookmark[address]", "https://rubyonrails.org"));
        assertThat(page).contains("Bookmark was successfully created.").contains("https://rubyonrails.org");
    }

    /** By hand and on the host, which is quicker than two more starts of Rails. */
    @AfterEach
    void takeTheScaffoldAway() throws IOException {
        List<Path> made = files().stream().filter(file -> !files.contains(file)).toList();
        for (Path file : made) {
            String name = file.getFileName().toString();
            if (name.endsWith("_create_bookmarks.rb")) {
                database.run("DELETE FROM schema_migrations WHERE version = '" + name.split("_", 2)[0] + "'");
            }
        }
        database.run("DROP TABLE IF EXISTS bookmarks");
        for (Path file : made.stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
        }
        Files.writeString(web.file(ROUTES), routes);
        Files.writeString(web.file(SCHEMA), schema);
        web.awaitSynced();
    }

    private Set<Path> files() throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String directory : List.of("app", "config", "db", "test")) {
            try (Stream<Path> walk = Files.walk(web.file(directory))) {
                walk.forEach(all::add);
            }
        }
        return all;
    }
}
