package dev.devshell.junit;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** When a service is ready to be tested: after it was booted, and again after an edit has reached it. */
public sealed interface WaitFor {
    /** Waits until the health checks of all its containers succeed; what is waited for where nothing is said. */
    static WaitFor health() {
        return new Healthy();
    }

    /**
     * Waits until a published port takes connections.
     *
     * @param port the number in the container
     */
    static WaitFor port(int port) {
        return new Port(port);
    }

    /**
     * Waits until a page behind a published port answers with a status below 400.
     *
     * @param path begins with a slash
     */
    static WaitFor http(int port, String path) {
        return new Http(port, path);
    }

    /**
     * Waits until a line is logged that has {@code pattern} in it: since the container's start when it boots, and after an edit since
     * that was sent. For servers that say when they have reloaded, and do so for every file that is synced.
     */
    static WaitFor log(String pattern) {
        return new Log(Pattern.compile(pattern));
    }

    /** Waits until a condition holds; it is asked again and again, and what it throws counts as no. */
    static WaitFor until(String description, Predicate<DevService> condition) {
        return new Until(description, condition);
    }

    /** Waits for several, one after the other. */
    static WaitFor all(WaitFor... parts) {
        return new All(List.of(parts));
    }

    record Healthy() implements WaitFor {
        @Override
        public String toString() {
            return "healthy";
        }
    }

    record Port(int port) implements WaitFor {
        public Port {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is 1 to 65535, but was: " + port);
            }
        }

        @Override
        public String toString() {
            return "port " + port + " taking connections";
        }
    }

    record Http(int port, String path) implements WaitFor {
        public Http {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with a slash, but was: " + path);
            }
        }

        @Override
        public String toString() {
            return path + " on port " + port + " answering";
        }
    }

    record Log(Pattern pattern) implements WaitFor {
        @Override
        public String toString() {
            return "a line with \"" + pattern + "\" in its log";
        }
    }

    record Until(String description, Predicate<DevService> condition) implements WaitFor {
        @Override
        public String toString() {
            return description;
        }
    }

    record All(List<WaitFor> parts) implements WaitFor {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return String.join(", then ", parts.stream().map(Object::toString).toList());
        }
    }
}
