package dev.devshell.watch.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The warm JVM: waits for orders, runs tests, and ends when the loop does. */
public final class Worker {
    private static final int BEAT_MILLIS = 1000;

    private final Line line;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final Capture out;
    private final Capture err;
    private @Nullable Cancellation current;
    private int running;

    private Worker(Line line) {
        this.line = line;
        this.out = Capture.of(line, false);
        this.err = Capture.of(line, true);
    }

    /**
     * Works for the loop that listens on a socket.
     *
     * @param arguments the socket's path
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Frames frames = new Frames(SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0]))));
        Worker worker = new Worker(new Line(frames));
        daemon("devshell-worker-orders", () -> worker.listen(frames));
        daemon("devshell-worker-beat", worker::beat);
        worker.line.tell(new Told.Ready(ProcessHandle.current().pid(), platform()));
        worker.work();
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static String platform() {
        Package launcher = org.junit.platform.launcher.Launcher.class.getPackage();
        return Optional.ofNullable(launcher.getImplementationVersion()).orElse("");
    }

    private void listen(Frames frames) {
        try {
            for (Optional<List<String>> frame = frames.read(); frame.isPresent(); frame = frames.read()) {
                Order order = Order.of(frame.get());
                if (order instanceof Order.Cancel cancel) {
                    cancel(cancel.id());
                } else if (order instanceof Order.Whose whose) {
                    line.tell(new Told.Own(whose.number(), OwnFiles.among(whose.files())));
                } else {
                    orders.add(order);
                }
            }
        } catch (IOException e) {
            // As if it had ended.
            line.tell(new Told.Done(0, true, e.toString()));
        }
        Line.end();
    }

    private void beat() {
        while (true) {
            line.tell(new Told.Beat());
            try {
                Thread.sleep(BEAT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized void cancel(int id) {
        if (current != null && running == id) {
            current.cancel();
        }
        if (orders.removeIf(order -> order instanceof Order.RunTests run && run.id() == id)) {
            line.tell(new Told.Done(id, true, ""));
        }
    }

    private void work() throws InterruptedException {
        while (true) {
            Order order = orders.take();
            if (order instanceof Order.RunTests run) {
                run(run);
            } else {
                line.tell(measure());
            }
        }
    }

    private void run(Order.RunTests order) {
        Cancellation cancellation = begin(order.id());
        String failure = "";
        try {
            loaders.add(new WeakReference<>(new TestRun(order, line, cancellation).execute()));
        } catch (IOException | RuntimeException | LinkageError e) {
            failure = Teller.problem(e).stack();
        }
        System.out.flush();
        System.err.flush();
        end();
        line.tell(new Told.Done(order.id(), cancellation.isCancelled(), failure));
    }

    private synchronized Cancellation begin(int id) {
        Cancellation cancellation = new Cancellation(Thread.currentThread());
        current = cancellation;
        running = id;
        OwnFiles.forget();
        out.run(id);
        err.run(id);
        return cancellation;
    }

    /** An interrupt that came too late is not for the next run. */
    private synchronized void end() {
        current = null;
        Thread.interrupted();
    }

    private Told.Measured measure() {
        System.gc();
        loaders.removeIf(loader -> loader.get() == null);
        long metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        return new Told.Measured(
                metaspace,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                loaders.size());
    }
}
