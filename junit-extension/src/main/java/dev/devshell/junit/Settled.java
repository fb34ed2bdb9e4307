package dev.devshell.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says when a service is ready, and when it has settled after an edit; all that is said has to hold.
 *
 * <p>What an annotation cannot say, {@link WaitFor#until} does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Settled {
    /** The service's name in the Compose file. */
    String service();

    /** Its health check says so. */
    boolean healthy() default false;

    /** A published port, by its number in the container, that takes connections; with {@link #http()}, the one that answers. */
    int port() default 0;

    /** A path that answers with a status below 400 on {@link #port()}. */
    String http() default "";

    /** A regular expression that is found in a line that the service logged: since its start, and after an edit since then. */
    String log() default "";
}
