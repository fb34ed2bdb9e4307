package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Boots or attaches to a project before tests, puts the barrier before each of them, and injects {@link DevSession} and {@link
 * DevService}.
 *
 * <p>Comes with {@link ContainerDev}, or is registered with what its {@link #builder()} was told:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ContainerDevExtension dev = ContainerDevExtension.builder()
 *         .directory("shop").services("web").waitFor("web", WaitFor.http(3000, "/up")).build();
 * }</pre>
 */
public final class ContainerDevExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterEachCallback,
                TestInstancePostProcessor,
                ParameterResolver {
    private final Optional<Settings> given;

    /** Takes its settings from {@link ContainerDev}; for Jupiter's own use. */
    public ContainerDevExtension() {
        this.given = Optional.empty();
    }

    ContainerDevExtension(Settings given) {
        this.given = Optional.of(given);
    }

    /** Returns a builder that says what {@link ContainerDev} says, in code. */
    public static ContainerDevBuilder builder() {
        return new ContainerDevBuilder();
    }

    private Settings settings(ExtensionContext context) {
        return given.orElseGet(() -> Declared.by(context));
    }

    private Running running(ExtensionContext context) {
        return Stores.boots(context).require(settings(context));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent() || context.getTestClass().isEmpty()) {
            return ConditionEvaluationResult.enabled("decided by the class");
        }
        Settings settings;
        try {
            settings = settings(context);
        } catch (DevshellException e) {
            // What is wrong with it is the failure of the class, not of a condition.
            return ConditionEvaluationResult.enabled(e.what());
        }
        if (!settings.disabledWithoutDocker()) {
            return ConditionEvaluationResult.enabled("it does not matter whether there is an engine");
        }
        return Stores.boots(context)
                .missingEngine(settings.key())
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is an engine"));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        running(context);
        for (Field field : AnnotationSupport.findAnnotatedFields(
                context.getRequiredTestClass(), ForService.class, field -> Modifier.isStatic(field.getModifiers()))) {
            inject(field, null, context);
        }
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        for (Field field : AnnotationSupport.findAnnotatedFields(
                instance.getClass(), ForService.class, field -> !Modifier.isStatic(field.getModifiers()))) {
            inject(field, instance, context);
        }
    }

    private void inject(Field field, @Nullable Object instance, ExtensionContext context)
            throws IllegalAccessException {
        ForService named =
                AnnotationSupport.findAnnotation(field, ForService.class).orElseThrow();
        if (field.getType() != DevService.class || Modifier.isFinal(field.getModifiers())) {
            throw new DevshellException.Usage(
                    "BAD-FIELD",
                    "the field " + field.getName() + " of "
                            + field.getDeclaringClass().getSimpleName() + " cannot be a service",
                    "@ForService stands on a " + Modifier.toString(field.getModifiers()) + " "
                            + field.getType().getSimpleName(),
                    "make it a DevService that is not final");
        }
        field.setAccessible(true);
        field.set(instance, service(Optional.of(named.value()), context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Scope scope = Stores.scope(context);
        scope.enter();
        Running running = running(context);
        Set<String> services =
                running.project().withDependencies(settings(context).services());
        Witness witness = Witness.begin(running, services, scope, context);
        scope.watchedBy(witness);
        barrier(context);
        witness.settled();
    }

    /** What {@code @BeforeEach} methods have saved counts too. */
    @Override
    public void beforeTestExecution(ExtensionContext context) {
        barrier(context);
    }

    private void barrier(ExtensionContext context) {
        Settings settings = settings(context);
        Running running = running(context);
        Set<String> services = running.project().withDependencies(settings.services());
        running.barrier().pass(settings, services, settings.barrier());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Scope scope = Stores.scope(context);
        try {
            scope.witness().ifPresent(witness -> witness.end(context));
        } finally {
            try {
                scope.close();
            } finally {
                Scope.leave();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DevSession.class || type == DevService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == DevSession.class) {
            return running(context).session();
        }
        return service(parameter.findAnnotation(ForService.class).map(ForService::value), context);
    }

    private DevService service(Optional<String> named, ExtensionContext context) {
        Settings settings = settings(context);
        Running running = running(context);
        String name = named.orElseGet(() -> only(settings, running));
        running.project().withDependencies(Set.of(name));
        return running.service(name, settings, Stores.scope(context));
    }

    private static String only(Settings settings, Running running) {
        Set<String> all = settings.services().size() == 1
                ? Set.copyOf(settings.services())
                : running.project().withDependencies(Set.of());
        if (all.size() == 1) {
            return all.iterator().next();
        }
        throw new DevshellException.Usage(
                "WHICH-SERVICE",
                "a DevService is asked for without a name",
                "the project has: " + String.join(", ", all),
                "name one with @ForService");
    }
}
