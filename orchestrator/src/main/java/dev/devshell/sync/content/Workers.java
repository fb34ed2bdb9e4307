package dev.devshell.sync.content;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that hash blocks: few, for the whole process, and gone when there is nothing to hash. */
final class Workers {
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final Executor SHARED = make();

    private Workers() {}

    static Executor shared() {
        return SHARED;
    }

    private static Executor make() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = Executors.defaultThreadFactory().newThread(task);
                    thread.setName("devshell-hash");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
