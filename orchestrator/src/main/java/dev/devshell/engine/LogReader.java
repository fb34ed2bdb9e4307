package dev.devshell.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** What a container wrote, line by line, for one thread; another one may close it, which ends a wait for the next line. */
public interface LogReader extends Closeable {
    /**
     * Returns the next line, waiting for it where the range follows; nothing at the end.
     *
     * @throws IOException when the stream broke
     */
    Optional<LoggedLine> next() throws IOException;

    @Override
    void close();
}
