package dev.devshell.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The writes that were sent out and are not answered: a bounded number, one to a path. The session's loop owns it. */
final class UnderWay {
    static final int MOST = 256;
    private static final int MOST_BYTES = 8 << 20;

    private final ReplicaState state;
    private final Map<Long, Operation> operations = new HashMap<>();
    private final Map<String, Operation> busy = new HashMap<>();
    private final Set<String> changingKind = new HashSet<>();
    private int bytes;
    private long lastId;

    UnderWay(ReplicaState state) {
        this.state = state;
    }

    long nextId() {
        return ++lastId;
    }

    void add(Operation operation) {
        operations.put(operation.id(), operation);
        busy.put(operation.path(), operation);
        bytes += operation.weight();
        if (operation.changesKind()) {
            changingKind.add(operation.path());
        }
    }

    /** Returns whether one more may go, where so many are waited for otherwise. */
    boolean hasRoom(int others) {
        return operations.size() + others < MOST && bytes < MOST_BYTES;
    }

    /** Returns whether there is a write at the path. */
    boolean writes(String path) {
        return busy.containsKey(path);
    }

    /** Returns whether the path has to wait, for a write at it or for one above it that changes what kind of thing stands there. */
    boolean holdsUp(String path) {
        if (writes(path)) {
            return true;
        }
        if (changingKind.isEmpty()) {
            return false;
        }
        for (String above = state.parent(path); above != null; above = state.parent(above)) {
            if (changingKind.contains(above)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Operation find(long id) {
        return operations.get(id);
    }

    /** Takes out a write that has been answered, or will not be; null where there is none. */
    @Nullable
    Operation finish(long id) {
        Operation operation = operations.remove(id);
        if (operation != null) {
            busy.remove(operation.path());
            changingKind.remove(operation.path());
            bytes -= operation.weight();
        }
        return operation;
    }

    Collection<Operation> all() {
        return List.copyOf(operations.values());
    }

    int size() {
        return operations.size();
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }
}
