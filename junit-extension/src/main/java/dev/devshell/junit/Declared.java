package dev.devshell.junit;

import dev.devshell.DevshellException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Reads {@link ContainerDev} off a class, what it inherits from and what it is nested in. */
final class Declared {
    private Declared() {}

    /**
     * Returns what the nearest annotation says.
     *
     * @throws DevshellException.Usage {@code TWO-PROJECTS} where another one further up names another project
     */
    static Settings by(ExtensionContext context) {
        List<Settings> found = all(context);
        if (found.isEmpty()) {
            throw new DevshellException.Usage(
                    "NO-PROJECT",
                    context.getDisplayName() + " does not say which project it runs against",
                    "neither it, nor what it inherits from or is nested in, has @ContainerDev",
                    "annotate it with @ContainerDev, or register ContainerDevExtension.builder()...build()");
        }
        Settings nearest = found.get(0);
        for (Settings other : found) {
            List<String> differences = nearest.key().differences(other.key());
            if (!differences.isEmpty()) {
                throw new DevshellException.Usage(
                        "TWO-PROJECTS",
                        nearest.origin() + " and " + other.origin() + " name two projects in one class tree",
                        "they differ in " + String.join("; ", differences),
                        "give both the same, leave @ContainerDev out of " + nearest.origin()
                                + ", or put its tests into a class of its own");
            }
        }
        return nearest;
    }

    private static List<Settings> all(ExtensionContext context) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            at.get().getTestClass().ifPresent(type -> lineage(type, classes));
        }
        Set<ContainerDev> seen = new LinkedHashSet<>();
        List<Settings> found = new ArrayList<>();
        for (Class<?> type : classes) {
            AnnotationSupport.findAnnotation((AnnotatedElement) type, ContainerDev.class)
                    .filter(seen::add)
                    .ifPresent(annotation -> found.add(settings(annotation, type)));
        }
        return found;
    }

    private static void lineage(Class<?> type, Set<Class<?>> classes) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            classes.add(at);
            for (Class<?> contract : at.getInterfaces()) {
                lineage(contract, classes);
            }
        }
    }

    private static Settings settings(ContainerDev annotation, Class<?> type) {
        return new Settings(
                new ProjectKey(
                        Path.of(annotation.directory()),
                        List.of(annotation.files()),
                        annotation.project(),
                        List.of(annotation.profiles()),
                        List.of(annotation.envFiles()),
                        env(annotation, type),
                        annotation.mode()),
                List.of(annotation.services()),
                waits(annotation, type),
                Duration.ofSeconds(annotation.bootSeconds()),
                Duration.ofSeconds(annotation.barrierSeconds()),
                annotation.disabledWithoutDocker(),
                type.getSimpleName());
    }

    private static Map<String, String> env(ContainerDev annotation, Class<?> type) {
        Map<String, String> env = new HashMap<>();
        for (String entry : annotation.env()) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new DevshellException.Usage(
                        "BAD-ENV",
                        "@ContainerDev of " + type.getSimpleName() + " has a variable without a value",
                        "it is \"" + entry + "\"",
                        "write it as NAME=value");
            }
            env.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return env;
    }

    private static Map<String, WaitFor> waits(ContainerDev annotation, Class<?> type) {
        Map<String, WaitFor> waits = new HashMap<>();
        for (Settled settled : annotation.settled()) {
            WaitFor wait = wait(settled, type);
            waits.merge(settled.service(), wait, (first, second) -> WaitFor.all(first, second));
        }
        return waits;
    }

    private static WaitFor wait(Settled settled, Class<?> type) {
        List<WaitFor> parts = new ArrayList<>();
        if (settled.healthy()) {
            parts.add(WaitFor.health());
        }
        if (!settled.log().isEmpty()) {
            parts.add(WaitFor.log(settled.log()));
        }
        if (!settled.http().isEmpty()) {
            parts.add(WaitFor.http(settled.port(), settled.http()));
        } else if (settled.port() > 0) {
            parts.add(WaitFor.port(settled.port()));
        }
        if (parts.isEmpty()) {
            throw new DevshellException.Usage(
                    "NOTHING-TO-WAIT-FOR",
                    "@Settled of " + settled.service() + " in " + type.getSimpleName() + " says nothing",
                    "none of healthy, port, http and log is given",
                    "give one, or leave it out: the health check is waited for anyway");
        }
        return parts.size() == 1 ? parts.get(0) : WaitFor.all(parts.toArray(WaitFor[]::new));
    }
}
