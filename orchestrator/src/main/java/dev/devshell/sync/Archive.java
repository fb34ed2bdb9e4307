package dev.devshell.sync;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a replica's displaced versions go. */
@FunctionalInterface
interface Archive {
    /** Keeps the version, and tells on some thread when it is safe: null, or why it could not be kept. */
    void keep(Displacement displacement, Consumer<@Nullable Throwable> done);
}
