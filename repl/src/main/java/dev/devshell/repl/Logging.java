package dev.devshell.repl;

/** How much the library's log says on standard error. */
final class Logging {
    private Logging() {}

    /** Has to come before the first logger: slf4j-simple reads it once. */
    static void set(boolean debug) {
        if (System.getProperty("org.slf4j.simpleLogger.defaultLogLevel") == null) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", debug ? "debug" : "warn");
            System.setProperty("org.slf4j.simpleLogger.log.com.github.dockerjava", debug ? "info" : "warn");
            System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
            System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
            System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
        }
    }
}
