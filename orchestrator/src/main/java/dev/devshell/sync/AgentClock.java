package dev.devshell.sync;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * How an agent's clock stands to this machine's: what they differ by, as the greeting showed it, and how wrong that may be.
 *
 * @param offsetNanos what the agent's clock is ahead by
 * @param errorNanos half of the time that the greeting took: when in that time the agent looked at its clock is not known
 * @param settingNanos how this machine's clock stood to its uptime then; another value later means that somebody set it
 */
record AgentClock(long offsetNanos, long errorNanos, long settingNanos) {
    /** What file systems round times down to, on either side: a kernel's tick, at its slowest. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** This machine's clock and its uptime, in nanoseconds. */
    record Reading(long wallNanos, long steadyNanos) {
        static Reading now() {
            Instant now = Instant.now();
            return new Reading(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), System.nanoTime());
        }

        private long settingNanos() {
            return wallNanos - steadyNanos;
        }
    }

    /**
     * Compares the clocks, as NTP does: the agent looked at its own between these two moments.
     *
     * @param sent when the agent was greeted
     * @param received when its answer came
     */
    static AgentClock of(Reading sent, Reading received, long agentNanos) {
        long error = (received.steadyNanos - sent.steadyNanos) / 2;
        return new AgentClock(agentNanos - (sent.wallNanos + error), error, sent.settingNanos());
    }

    /**
     * Returns whether a time of the agent's clock is certainly later than one of this machine's. What is closer than the clocks are known to be is not; and
     * by as much as this machine's clock was set since the greeting, they are not known.
     */
    boolean isLater(long agentNanos, long hostNanos, Reading now) {
        long set = Math.abs(now.settingNanos() - settingNanos);
        return agentNanos - offsetNanos - hostNanos > errorNanos + TICK_NANOS + set;
    }
}
