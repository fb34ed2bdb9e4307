package dev.devshell.compose;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts as people write them: sizes as Compose's byte values, ages in hours, days or weeks. */
final class Amounts {
    static final String BYTES_ALLOWED = "a size of at least 1m, such as 512m or 2g";
    static final String AGE_ALLOWED = "an age of at least 1h, such as 12h, 30d or 8w";

    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})([kmgt])(i?b)?");
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hdw])");
    private static final long LEAST_BYTES = 1L << 20;

    private Amounts() {}

    static Optional<Long> bytes(String text) {
        Matcher matcher = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = "kmgt".indexOf(matcher.group(2)) + 1;
        long bytes = Long.parseLong(matcher.group(1)) << (10 * power);
        return bytes < LEAST_BYTES ? Optional.empty() : Optional.of(bytes);
    }

    static Optional<Duration> age(String text) {
        Matcher matcher = AGE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long hours = Long.parseLong(matcher.group(1)) * hours(matcher.group(2));
        return hours < 1 ? Optional.empty() : Optional.of(Duration.ofHours(hours));
    }

    private static long hours(String unit) {
        return switch (unit) {
            case "d" -> 24;
            case "w" -> 7 * 24;
            default -> 1;
        };
    }
}
