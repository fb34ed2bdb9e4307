package dev.devshell.repl;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment: {@code 10m} or {@code 1h30m} back from now, {@code 13:00} of today, a date, a date and a time with a zone or without. */
final class Moments implements ITypeConverter<Instant> {
    private static final Pattern BACK =
            Pattern.compile("(?=.)(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,9})s?)?");

    private final Clock clock;

    Moments() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    Moments(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            return clock.instant()
                    .minus(Duration.ofDays(number(back, 1))
                            .plusHours(number(back, 2))
                            .plusMinutes(number(back, 3))
                            .plusSeconds(number(back, 4)));
        }
        try {
            if (text.matches("\\d\\d:\\d\\d.*")) {
                return LocalDate.now(clock)
                        .atTime(LocalTime.parse(text))
                        .atZone(clock.getZone())
                        .toInstant();
            }
            if (text.matches(".*T.*(?:Z|[+-]\\d\\d:?\\d\\d)")) {
                return Instant.parse(text);
            }
            return (text.contains("T")
                            ? LocalDateTime.parse(text)
                            : LocalDate.parse(text).atStartOfDay())
                    .atZone(clock.getZone())
                    .toInstant();
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "a moment is like 10m, 13:00, 2026-01-31 or 2026-01-31T13:00:00Z, but was: " + text);
        }
    }

    private static long number(Matcher back, int group) {
        return back.group(group) == null ? 0 : Long.parseLong(back.group(group));
    }
}
