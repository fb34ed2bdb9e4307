package dev.devshell.repl;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30}, {@code 1.5}, {@code 30s}, {@code 250ms}, {@code 2m}: seconds where no unit is given. */
final class Durations implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)?");

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("a duration is like 30, 30s or 250ms, but was: " + text);
        }
        String unit = form.group(2) == null ? "s" : form.group(2);
        double factor = switch (unit) {
            case "ms" -> 1;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 1_000;
        };
        Duration duration = Duration.ofMillis(Math.round(Double.parseDouble(form.group(1)) * factor));
        if (duration.isZero()) {
            throw new TypeConversionException("a duration is longer than nothing, but was: " + text);
        }
        return duration;
    }
}
