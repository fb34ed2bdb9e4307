package dev.devshell.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Where the extension keeps its things between callbacks. */
final class Stores {
    private static final Namespace NAMESPACE = Namespace.create(ContainerDev.class);

    private Stores() {}

    /** Returns the projects of the launcher session; of this execution where Jupiter is older than 5.13. */
    static Boots boots(ExtensionContext context) {
        Door door = context.getRoot().getStore(NAMESPACE).getOrDefault(Door.class, Door.class, new ComposeDoor());
        return widest(context).getOrComputeIfAbsent(Boots.class, key -> new Boots(door), Boots.class);
    }

    /** Puts another door before projects that no test has asked for yet. */
    static void put(ExtensionContext context, Door door) {
        context.getRoot().getStore(NAMESPACE).put(Door.class, door);
    }

    /** Returns the scope of a test or a class, which closes with it. */
    static Scope scope(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(new OfContext(context.getUniqueId()), key -> new Scope(), Scope.class);
    }

    /** Stores inherit: a test must not find the scope of its class. */
    private record OfContext(String id) {}

    private static Store widest(ExtensionContext context) {
        try {
            Class<?> scopes = Class.forName(ExtensionContext.class.getName() + "$StoreScope");
            Method getStore = ExtensionContext.class.getMethod("getStore", scopes, Namespace.class);
            for (Object scope : scopes.getEnumConstants()) {
                if (scope.toString().equals("LAUNCHER_SESSION")) {
                    return (Store) getStore.invoke(context, scope, NAMESPACE);
                }
            }
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            return context.getRoot().getStore(NAMESPACE);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Jupiter does not give its launcher session's store", e);
        }
        return context.getRoot().getStore(NAMESPACE);
    }
}
