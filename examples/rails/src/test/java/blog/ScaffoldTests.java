package blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.junit.ContainerDev;
import dev.devshell.junit.DevService;
import dev.devshell.junit.ExecResult;
import dev.devshell.junit.ForService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    private String routes = "";

    ScaffoldTests(@ForService("web") DevService web) {
        this.web = web;
        this.browser = new Browser(web);
    }

    @BeforeEach
    void rememberRoutes() throws IOException {
        routes = Files.readString(web.file("config/routes.rb"));
    }

    @Test
    void servesAScaffoldThatWasGeneratedInTheContainer() throws IOException, InterruptedException {
        rails("generate", "scaffold", "Bookmark", "address:string");

        assertThat(web.file("app/models/bookmark.rb")).content().contains("class Bookmark < ApplicationRecord");
        assertThat(web.file("app/views/bookmarks/index.html.erb")).exists();
        assertThat(web.file("config/routes.rb")).content().contains("resources :bookmarks");

        rails("db:migrate");

        assertThat(web.file("db/schema.rb")).content().contains("create_table \"bookmarks\"");
        String page =
                browser.submit("/bookmarks/new", "/bookmarks", Map.of("bookmark[address]", "https://rubyonrails.org"));
        assertThat(page).contains("Bookmark was successfully created.").contains("https://rubyonrails.org");
    }

    @AfterEach
    void takeTheScaffoldAway() throws IOException {
        for (Path migration : migrations()) {
            // By its version: db:rollback would undo whichever came last.
            rails(
                    "db:migrate:down",
                    "VERSION=" + migration.getFileName().toString().split("_", 2)[0]);
        }
        rails("destroy", "scaffold", "Bookmark");

        assertThat(web.file("app/models/bookmark.rb")).doesNotExist();
        assertThat(web.file("app/views/bookmarks")).doesNotExist();
        assertThat(web.file("config/routes.rb")).hasContent(routes);
        assertThat(web.file("db/schema.rb")).content().doesNotContain("bookmarks");
    }

    private List<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(web.file("db/migrate"))) {
            return files.filter(file -> file.toString().endsWith("_create_bookmarks.rb"))
                    .toList();
        }
    }

    private void rails(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("bin/rails"), Arrays.stream(arguments)).toArray(String[]::new);
        ExecResult result = web.exec(command);
        assertThat(result.ok()).as(result.out() + result.err()).isTrue();
    }
}
