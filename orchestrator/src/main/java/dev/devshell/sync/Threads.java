package dev.devshell.sync;

/** Starts the sync's threads: daemons, so that a forgotten one never keeps the process alive. */
final class Threads {
    private Threads() {}

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
