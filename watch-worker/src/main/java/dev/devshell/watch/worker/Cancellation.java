package dev.devshell.watch.worker;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;

/**
 * Ends a run before it is done: by JUnit's own token, which is there since 6.0, and by an interrupt of the test that is running.
 * Without the token, the run ends after the class that it is at.
 */
final class Cancellation {
    private static final String TOKEN = "org.junit.platform.engine.CancellationToken";
    private static final String BUILDER = "org.junit.platform.launcher.core.LauncherExecutionRequestBuilder";
    private static final String REQUEST = "org.junit.platform.launcher.LauncherExecutionRequest";

    private final Thread tests;
    private final @Nullable Object token;
    private volatile boolean cancelled;

    /**
     * @param tests the thread that the tests run on
     */
    Cancellation(Thread tests) {
        this.tests = tests;
        this.token = newToken();
    }

    private static @Nullable Object newToken() {
        try {
            return Class.forName(TOKEN).getMethod("create").invoke(null);
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            // JUnit before 6.0
            return null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("JUnit's token of cancellation cannot be had", e);
        }
    }

    boolean hasToken() {
        return token != null;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void cancel() {
        cancelled = true;
        if (token != null) {
            invoke(method(TOKEN, "cancel"), token);
        }
        tests.interrupt();
    }

    /** Executes with the token where there is one. */
    void execute(Launcher launcher, LauncherDiscoveryRequest request, TestExecutionListener listener) {
        if (token == null) {
            launcher.execute(request, listener);
            return;
        }
        Object builder = invoke(method(BUILDER, "request", LauncherDiscoveryRequest.class), null, request);
        TestExecutionListener[] listeners = {listener};
        invoke(method(BUILDER, "listeners", TestExecutionListener[].class), builder, (Object) listeners);
        invoke(method(BUILDER, "cancellationToken", type(TOKEN)), builder, token);
        Object built = invoke(method(BUILDER, "build"), builder);
        invoke(methodOf(Launcher.class, "execute", type(REQUEST)), launcher, built);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JUnit 6 has " + name, e);
        }
    }

    private static Method method(String type, String name, Class<?>... parameters) {
        return methodOf(type(type), name, parameters);
    }

    private static Method methodOf(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("JUnit 6 has " + type + "." + name, e);
        }
    }

    private static Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments) {
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? method : result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
