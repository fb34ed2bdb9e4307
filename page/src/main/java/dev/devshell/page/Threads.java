package dev.devshell.page;

/** Threads of the page: none keeps the process alive. */
final class Threads {
    private Threads() {}

    static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, "devshell-page-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
