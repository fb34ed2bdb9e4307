package dev.devshell.page;

import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What takes a while and was asked for here: restarts and rebuilds, each service's own, with the last that was told of it. */
final class TaskFeed implements AutoCloseable {
    private static final int KEPT = 20;

    private final Audience audience;
    private final Map<Long, Map<String, Object>> tasks = new LinkedHashMap<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private long number;

    TaskFeed(Audience audience) {
        this.audience = audience;
    }

    void greet(Listener listener) {
        listener.tell(all());
    }

    private synchronized Message all() {
        return Message.state("tasks", List.copyOf(tasks.values()));
    }

    /**
     * Begins something.
     *
     * @param after is run when it is over, however it ended
     */
    void start(String what, String service, Consumer<Progress> action, Runnable after) {
        long id = begin(what, service);
        threads.add(Threads.start("task", () -> {
            try {
                action.accept(line -> tell(id, "going", line, Map.of()));
                tell(id, "done", "", Map.of());
            } catch (DevshellException e) {
                tell(id, "failed", "", Answer.fault(e));
            } finally {
                threads.remove(Thread.currentThread());
                after.run();
            }
        }));
    }

    private synchronized long begin(String what, String service) {
        for (Map<String, Object> task : tasks.values()) {
            if (service.equals(task.get("service")) && "going".equals(task.get("state"))) {
                throw new DevshellException.Usage(
                        "BUSY", service + " is being " + task.get("what") + " already", "", "wait for it to end");
            }
        }
        number++;
        tasks.put(number, PageJson.object("id", number, "what", what, "service", service, "state", "going"));
        tasks.keySet().removeIf(id -> id <= number - KEPT);
        audience.tell(all());
        return number;
    }

    private synchronized void tell(long id, String state, String line, Map<String, Object> fault) {
        Map<String, Object> task = tasks.get(id);
        if (task == null) {
            return;
        }
        task.put("state", state);
        if (!line.isBlank()) {
            task.put("line", line.strip());
        }
        task.put("fault", fault);
        audience.tell(all());
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
