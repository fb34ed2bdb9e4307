package dev.devshell.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.LogEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogLevelsTests {
    private final LogLevels levels = new LogLevels();

    private Optional<LogLevel> of(String text) {
        return levels.of(line("c", text));
    }

    private static LogEntry line(String container, String text) {
        return new LogEntry("web", 1, container, Instant.EPOCH, text);
    }

    private List<String> all(String... lines) {
        return Arrays.stream(lines)
                .map(text -> of(text).map(Enum::name).orElse("-"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            ERROR ! {"level":"error","msg":"boom"}
            WARN  ! {"msg":"an \\"error\\" was seen", "severity": "WARNING"}
            ERROR ! {"time":"2026-01-01","levelname":"CRITICAL"}
            INFO  ! {"level":30,"time":1,"msg":"pino"}
            ERROR ! {"level":50,"time":1,"msg":"pino"}
            DEBUG ! {"@l":"Debug","@m":"serilog"}
            ERROR ! time="2026-01-01T00:00:00Z" level=error msg="boom"
            WARN  ! ts=1 lvl=warn msg=error
            INFO  ! at=info method=GET path=/error status=500
            ERROR ! E, [2026-01-01T00:00:00.000000 #1] ERROR -- : boom
            INFO  ! I, [2026-01-01T00:00:00.000000 #1]  INFO -- : ERROR is only quoted
            ERROR ! F, [2026-01-01T00:00:00.000000 #1] FATAL -- : boom
            DEBUG ! D, [2026-01-01T00:00:00.000000 #1] DEBUG -- : SELECT 1
            ERROR ! E0102 15:04:05.000000       1 main.go:1] boom
            ERROR ! 2026-01-01 00:00:00,000 ERROR [main] com.example.App - boom
            WARN  ! 2026-01-01T00:00:00.000Z  WARN 1 --- [main] o.s.b.App : slow
            DEBUG ! 00:00:00.000 [main] DEBUG c.e.App - it
            INFO  ! Jan  1 00:00:00 box app[1]: INFO started
            ERROR ! 2026/01/01 00:00:00 [error] 29#29: *1 open() failed
            INFO  ! 2026/01/01 00:00:00 [notice] 1#1: start worker processes
            ERROR ! [Thu Jan 01 00:00:00 2026] [php:error] [pid 1] PHP Fatal error
            WARN  ! 2026-01-01T00:00:00Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed
            ERROR ! 2026-01-01 00:00:00.000 UTC [55] ERROR:  relation "x" does not exist
            ERROR ! 2026-01-01 00:00:00.000 UTC [55] FATAL:  the database system is starting up
            INFO  ! 2026-01-01 00:00:00.000 UTC [1] LOG:  database system is ready to accept connections
            WARN  ! 1:M 01 Jan 2026 00:00:00.000 # Warning: no config file
            INFO  ! 1:M 01 Jan 2026 00:00:00.000 * Ready to accept connections
            ERROR ! Error: Cannot find module 'x'
            ERROR ! ruby: warning is not it, but ERROR is
            ERROR ! psql: error: connection refused
            ERROR ! panic: runtime error: index out of range
            ERROR ! TypeError: undefined is not a function
            ERROR ! ActionController::RoutingError (No route matches [GET] "/x"):
            ERROR ! java.lang.IllegalStateException: boom
            ERROR ! Exception in thread "main" java.lang.Error
            ERROR ! Traceback (most recent call last):
            ERROR ! Completed 500 Internal Server Error in 12ms
            WARN  ! warning: unused variable
            ERROR ! error[E0308]: mismatched types
            """)
    void readsTheLevelOffTheFormat(LogLevel level, String line) {
        assertThat(of(line)).contains(level);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Started GET \"/\" for 172.18.0.1 at 2026-01-01 00:00:00 +0000",
                "Completed 200 OK in 12ms",
                "there was no error at all",
                "GET /ERROR.html 200",
                "172.18.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /errors HTTP/1.1\" 200 1",
                "{\"message\":\"level is not said\"}",
                "Listening on http://0.0.0.0:3000",
                "0 failures, 0 errors"
            })
    void knowsWhenItDoesNotKnow(String line) {
        assertThat(of(line)).isEmpty();
    }

    @Test
    void readsThroughColours() {
        assertThat(of("\u001b[31mERROR\u001b[0m boom")).contains(LogLevel.ERROR);
    }

    @Test
    void givesAStackTraceTheLevelOfItsFirstLine() {
        assertThat(all(
                        "2026-01-01 ERROR [main] boom",
                        "java.lang.IllegalStateException: boom",
                        "\tat com.example.App.main(App.java:1)",
                        "Caused by: java.io.IOException: WARN",
                        "\t... 12 more",
                        "2026-01-01 INFO [main] goes on",
                        "    as it was",
                        "Started"))
                .containsExactly("ERROR", "ERROR", "ERROR", "ERROR", "ERROR", "INFO", "INFO", "-");
        assertThat(all("2026-01-01 UTC [5] ERROR:  no", "2026-01-01 UTC [5] STATEMENT:  SELECT x", "plain"))
                .containsExactly("ERROR", "ERROR", "-");
        assertThat(all("Traceback (most recent call last):", "  File \"a.py\", line 1", "ValueError: no", "plain"))
                .containsExactly("ERROR", "ERROR", "ERROR", "-");
    }

    @Test
    void keepsWhatGoesOnApartByContainer() {
        of("ERROR boom");

        assertThat(levels.of(line("another", "  of another container"))).isEmpty();
        assertThat(of("  of the first one")).contains(LogLevel.ERROR);
    }

    @Test
    void whoAsksForWarningsWantsErrorsToo() {
        assertThat(LogLevel.ERROR.atLeast(LogLevel.WARN)).isTrue();
        assertThat(LogLevel.WARN.atLeast(LogLevel.WARN)).isTrue();
        assertThat(LogLevel.INFO.atLeast(LogLevel.WARN)).isFalse();
    }
}
