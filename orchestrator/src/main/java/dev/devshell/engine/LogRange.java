package dev.devshell.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which of the lines that a container wrote.
 *
 * @param since from then on, by the engine's clock; the instant itself is in it
 * @param tail only so many of those that are there
 * @param follow whether those that are written from now on come too, until the container ends
 */
public record LogRange(Optional<Instant> since, OptionalInt tail, boolean follow) {
    /** All that are there. */
    public static final LogRange ALL = new LogRange(Optional.empty(), OptionalInt.empty(), false);

    String query() {
        String query = "stdout=1&stderr=1&timestamps=1&follow=" + (follow ? 1 : 0);
        if (since.isPresent()) {
            Instant from = since.get();
            // Digits after the point are nanoseconds in this API, not a fraction.
            query += "&since=%d.%09d".formatted(from.getEpochSecond(), from.getNano());
        }
        return query + "&tail=" + (tail.isPresent() ? String.valueOf(tail.getAsInt()) : "all");
    }
}
