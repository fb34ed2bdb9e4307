package blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.DevSession;
import dev.devshell.junit.ContainerDev;
import dev.devshell.junit.DevService;
import dev.devshell.junit.ForService;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@ContainerDev
@Tag("engine")
class BlogTests {
    private static final String INDEX = "app/views/posts/index.html.erb";
    private static final String TITLE = "Written by a test";

    private final DevService web;
    private final Browser browser;
    private final Database database;

    BlogTests(@ForService("web") DevService web, @ForService("db") DevService db) {
        this.web = web;
        this.browser = new Browser(web);
        this.database = new Database(db);
    }

    @AfterEach
    void deletePosts() {
        database.run("DELETE FROM posts WHERE title = '" + TITLE + "'");
    }

    @Test
    void showsAViewAsItIsEdited() throws IOException, InterruptedException {
        assertThat(browser.read("/")).contains("<h1>Posts</h1>");

        // Put back after the test.
        web.edit(INDEX, "<h1>Edited on the host</h1>");
        web.awaitSynced();

        assertThat(browser.read("/")).contains("<h1>Edited on the host</h1>").doesNotContain("<h1>Posts</h1>");
    }

    @Test
    void storesAPostInPostgres() throws IOException, InterruptedException {
        String page = browser.submit(
                "/posts/new", "/posts", Map.of("post[title]", TITLE, "post[body]", "Typed into the form."));

        assertThat(page).contains("Post was successfully created.");
        assertThat(database.run("SELECT body FROM posts WHERE title = '" + TITLE + "'"))
                .isEqualTo("Typed into the form.");
    }

    @Test
    void keepsItsPostsThroughARestartOfTheDatabase(DevSession session) throws IOException, InterruptedException {
        database.run("INSERT INTO posts (title, body, created_at, updated_at) VALUES ('" + TITLE
                + "', 'Kept.', now(), now())");
        assertThat(browser.read("/")).contains("Kept.");

        session.restart(List.of("db"), line -> {});

        assertThat(browser.read("/")).contains("Kept.");
    }
}
