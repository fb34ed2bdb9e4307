package dev.devshell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevshellException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a session.
 *
 * <p>Requests are done one after the other on a thread of their own, so that the thread that reads sees the client leave, and
 * then interrupts what is being done for it.
 */
final class ControlConnection implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final int GRACE_SECONDS = 2;

    private final JsonLines lines;
    private final CommandHandler handler;
    private final ExecutorService requests = Executors.newSingleThreadExecutor(ControlConnection::thread);

    ControlConnection(JsonLines lines, CommandHandler handler) {
        this.lines = lines;
        this.handler = handler;
    }

    @Override
    public void run() {
        try (lines) {
            for (Optional<JsonNode> line = lines.read(); line.isPresent(); line = lines.read()) {
                Request request = parse(line.get());
                requests.execute(() -> answer(request));
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("a request came after the end");
        } catch (IOException e) {
            LOG.debug("a client left: {}", e.toString());
        } finally {
            requests.shutdownNow();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "devshell-control-request");
        thread.setDaemon(true);
        return thread;
    }

    private static Request parse(JsonNode line) throws IOException {
        try {
            return Json.MAPPER.treeToValue(line, Request.class);
        } catch (JsonProcessingException e) {
            throw new IOException("a line is not a request", e);
        }
    }

    private void answer(Request request) {
        long id = request.id();
        try {
            send(reply(request, id));
        } catch (IOException e) {
            LOG.debug("nobody is there any more to hear of {}: {}", request.command(), e.toString());
        }
    }

    private Reply reply(Request request, long id) {
        try {
            if (request.v() != Request.VERSION) {
                throw wrongVersion(request.v());
            }
            return Reply.result(id, handler.handle(request, line -> tell(Reply.progress(id, line))));
        } catch (DevshellException e) {
            return Reply.error(id, e);
        } catch (RuntimeException e) {
            LOG.error("{} failed", request.command(), e);
            return Reply.error(
                    id,
                    new DevshellException.Failed(
                            "INTERNAL",
                            "the session could not do '" + request.command() + "'",
                            e.toString(),
                            "see its log; this is a defect of devshell",
                            e));
        }
    }

    private static DevshellException wrongVersion(int version) {
        return new DevshellException.Failed(
                "OTHER-VERSION",
                "the session of this project is of another devshell",
                "it speaks version " + Request.VERSION + " of the control protocol, not " + version,
                "end it with the devshell that started it, then start it again");
    }

    private void tell(Reply reply) {
        try {
            send(reply);
        } catch (IOException e) {
            // The reading thread sees the same and interrupts the request.
            LOG.debug("a client does not listen any more: {}", e.toString());
        }
    }

    private void send(Reply reply) throws IOException {
        lines.write(reply);
    }

    /** Lets what is being answered be answered, for a moment, then drops the client. */
    @Override
    public void close() throws IOException {
        requests.shutdown();
        try {
            if (!requests.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("a client is dropped in the middle of its request");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lines.close();
    }
}
