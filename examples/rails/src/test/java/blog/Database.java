package blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.junit.DevService;
import dev.devshell.junit.ExecResult;

/** Runs statements; the port of the database is not published, so psql runs beside it. */
final class Database {
    private final DevService db;

    Database(DevService db) {
        this.db = db;
    }

    String run(String statements) {
        ExecResult result = db.exec(
                "psql",
                "--host=localhost",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "blog_development",
                "-c",
                statements);
        assertThat(result.ok()).as(result.err()).isTrue();
        return result.out().strip();
    }
}
