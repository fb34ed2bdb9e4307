package dev.devshell.sync.host;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;

/**
 * Java's own {@link WatchService}: it cannot tell when a writer has closed a file, its events come in no order among
 * directories, and it loses them by the hundred, but says so.
 */
final class ServiceWatcher implements Watcher {
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY
    };

    private final WatchService service;
    private final Sink sink;
    private final Thread thread;
    private final Map<WatchKey, Integer> numbers = new HashMap<>();
    private final Map<Integer, WatchKey> keys = new HashMap<>();
    private int last;

    ServiceWatcher(Sink sink) throws IOException {
        this.sink = sink;
        service = FileSystems.getDefault().newWatchService();
        thread = new Thread(this::drain, "devshell-watch-service");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public int watch(Path directory) throws IOException {
        // under the lock, so that no event is drained before its key has a number
        synchronized (numbers) {
            WatchKey key = register(directory);
            // the service gives the same key for a directory that it watches already
            Integer known = numbers.get(key);
            if (known != null) {
                return known;
            }
            numbers.put(key, ++last);
            keys.put(last, key);
            return last;
        }
    }

    private WatchKey register(Path directory) throws IOException {
        try {
            return directory.register(service, KINDS);
        } catch (NoSuchFileException e) {
            throw new DiskException(DiskException.Kind.ABSENT, directory + ": no such directory");
        } catch (NotDirectoryException e) {
            throw new DiskException(DiskException.Kind.NOT_DIRECTORY, directory + ": not a directory");
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("limit of inotify watches")) {
                throw new DiskException(DiskException.Kind.LIMIT, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    @Override
    public void unwatch(int watch) {
        WatchKey key;
        synchronized (numbers) {
            key = keys.remove(watch);
            if (key == null) {
                return;
            }
            numbers.remove(key);
        }
        key.cancel();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    private void drain() {
        try {
            while (true) {
                WatchKey key = service.take();
                Integer number;
                synchronized (numbers) {
                    number = numbers.get(key);
                }
                if (number != null) {
                    key.pollEvents().forEach(event -> tell(number, event));
                }
                if (!key.reset() && number != null) {
                    unwatch(number);
                    sink.event(number, What.GONE, "");
                }
            }
        } catch (ClosedWatchServiceException e) {
            // the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(int number, WatchEvent<?> event) {
        if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
            sink.event(number, What.OVERFLOW, "");
        } else {
            sink.event(number, What.CHANGED, String.valueOf(event.context()));
        }
    }

    @Override
    public void close() {
        try {
            service.close();
            thread.join();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
