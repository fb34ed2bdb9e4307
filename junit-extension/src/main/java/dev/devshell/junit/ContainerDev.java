package dev.devshell.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class against a Compose project whose code is in sync with the host.
 *
 * <p>The project is booted once for all classes of the launcher session (of the test run, before Jupiter 5.13), or attached to
 * where it runs under devshell already. Before each test, everything that was saved on the host is in the containers, and the
 * services have settled. Parameters of the types {@link dev.devshell.DevSession} and {@link DevService} are injected.
 *
 * <p>Inherited by subclasses and {@code @Nested} classes; can stand on an annotation of your own. Within one class and what it
 * inherits from or is nested in, all have to name the same project.
 *
 * <p>{@link ContainerDevExtension#builder()} says the same in code.
 */
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(ContainerDevExtension.class)
public @interface ContainerDev {
    /** The Compose files, relative to {@link #directory()}; none is what Compose finds there. */
    String[] files() default {};

    /** Where Compose is started, relative to the directory of the test run; empty is that directory itself. */
    String directory() default "";

    /** The project's name; empty is what Compose says. */
    String project() default "";

    /** Those that are needed, with what they depend on; none is all. */
    String[] services() default {};

    /** The profiles of Compose that are active. */
    String[] profiles() default {};

    /** Files with variables for Compose, relative to {@link #directory()}. */
    String[] envFiles() default {};

    /** Variables for Compose as {@code NAME=value}, on top of the environment's. */
    String[] env() default {};

    Mode mode() default Mode.AUTO;

    /** When a service is ready, and when it has settled after an edit; by its health check where nothing is said. */
    Settled[] settled() default {};

    /** How long the project may take to boot. */
    int bootSeconds() default 300;

    /** How long the barrier before each test may take. */
    int barrierSeconds() default 15;

    /** Whether the tests are disabled, not failed, where there is no container engine. */
    boolean disabledWithoutDocker() default false;
}
