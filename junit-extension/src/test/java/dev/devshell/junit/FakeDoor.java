package dev.devshell.junit;

import dev.devshell.DevshellException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Opens fake projects; stands before the classes that {@link Guarded} is registered on. */
final class FakeDoor implements Door {
    /** Classes that run in the test kit are made by Jupiter, so this is how they get at it. */
    static volatile FakeDoor current = new FakeDoor();

    final List<ProjectKey> opened = new CopyOnWriteArrayList<>();
    final FakeProject project = new FakeProject();
    volatile @Nullable DevshellException failure;

    @Override
    public OpenProject open(ProjectKey key) {
        opened.add(key);
        if (failure != null) {
            throw failure;
        }
        return project;
    }

    /** Puts the door where the extension finds it. */
    static final class Guarded implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            Stores.put(context, current);
        }
    }
}
