package dev.devshell.sync.history;

import java.time.Duration;

/**
 * How much of the past is kept; what is beyond is dropped, the oldest first, some MiB or a day's versions at a time. A version that lost a conflict stays while
 * it is the last of its path, and so does the very last version.
 *
 * @param bytes what all versions may take on the disk
 * @param age after which a version may be dropped
 */
public record Retention(long bytes, Duration age) {
    public static final Retention DEFAULT = new Retention(1L << 30, Duration.ofDays(30));

    public Retention {
        if (bytes <= 0 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "more than nothing has to be kept, but was: " + bytes + " bytes, " + age);
        }
    }
}
