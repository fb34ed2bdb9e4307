package dev.devshell.page;

import dev.devshell.DevshellException;
import dev.devshell.compose.Compose;
import dev.devshell.compose.LogLine;
import dev.devshell.compose.LogOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logs as Compose tells them; where it ends because no container is left, it is asked again for what came since. */
public final class ComposeLogs implements LogSource {
    private static final Pattern STAMPED = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+Z) ?(.*)");
    private static final int LATELY = 500;
    private static final int PAUSE_MILLIS = 500;

    private final Compose compose;

    public ComposeLogs(Compose compose) {
        this.compose = compose;
    }

    @Override
    public void follow(Consumer<Line> consumer) {
        Seen seen = new Seen(consumer);
        while (true) {
            Optional<String> since = seen.last.isEmpty() ? Optional.empty() : Optional.of(seen.last);
            Optional<Integer> tail = since.isEmpty() ? Optional.of(LATELY) : Optional.empty();
            compose.logs(new LogOptions(true, true, since, tail, List.of()), seen::take);
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }

    private static final class Seen {
        private final Consumer<Line> consumer;
        private String last = "";

        Seen(Consumer<Line> consumer) {
            this.consumer = consumer;
        }

        void take(LogLine line) {
            if (line.container().isEmpty()) {
                return;
            }
            Matcher stamped = STAMPED.matcher(line.text());
            String time = stamped.matches() ? stamped.group(1) : "";
            if (!time.isEmpty() && time.equals(last)) {
                // Compose takes the instant of --since in; what was told is not told again.
                return;
            }
            if (time.compareTo(last) > 0) {
                last = time;
            }
            consumer.accept(new Line(line.container(), time, stamped.matches() ? stamped.group(2) : line.text()));
        }
    }
}
