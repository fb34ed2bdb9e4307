package dev.devshell.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.devshell.DevshellException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the events of a project's containers, across restarts of the engine.
 *
 * <p>RACE: the engine sends the header of its answer just before it subscribes. An event in these microseconds is not seen;
 * the consumer's listing, which {@link ContainerEvent.Resync} asks for and which takes a round trip, comes after them.
 */
final class EventStream implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Api api;
    private final String project;
    private final Consumer<ContainerEvent> consumer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Response> current = new AtomicReference<>();
    private final Thread thread;

    private EventStream(Api api, String project, Consumer<ContainerEvent> consumer) {
        this.api = api;
        this.project = project;
        this.consumer = consumer;
        this.thread = new Thread(this::run, "devshell-events-" + project);
        this.thread.setDaemon(true);
    }

    /** Returns once the stream is up. */
    static EventStream open(Api api, String project, Consumer<ContainerEvent> consumer) {
        EventStream stream = new EventStream(api, project, consumer);
        stream.connect();
        stream.thread.start();
        return stream;
    }

    private void connect() {
        String filters = Api.filters(
                Map.of("type", List.of("container"), "label", List.of(ContainerReader.PROJECT + "=" + project)));
        current.set(api.open("report events", "/events?filters=" + filters));
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (open()) {
            try {
                if (current.get() == null) {
                    connect();
                }
                pause = FIRST_PAUSE;
                tell(new ContainerEvent.Resync());
                tellIfOpen(follow());
            } catch (DevshellException e) {
                LOG.debug("the event stream of {} is not up yet: {}", project, e.why());
            }
            release();
            pause = await(pause);
        }
        release();
    }

    /** Returns why the stream ended. */
    private String follow() {
        Response answer = current.get();
        if (answer == null) {
            return "closed";
        }
        try (MappingIterator<JsonNode> events =
                new ObjectMapper().readerFor(JsonNode.class).readValues(answer.getBody())) {
            while (open() && events.hasNextValue()) {
                EventReader.read(events.nextValue()).ifPresent(this::tell);
            }
            return "the engine ended it";
        } catch (IOException e) {
            return Refusals.reason(e);
        }
    }

    private void tellIfOpen(String why) {
        if (open()) {
            tell(new ContainerEvent.Lost(why));
        }
    }

    private void tell(ContainerEvent event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException e) {
            LOG.error("an event of {} was not handled: {}", project, event, e);
        }
    }

    private Duration await(Duration pause) {
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return pause;
            }
        } catch (InterruptedException e) {
            // Nobody but close() ends this thread; whoever interrupts it asks for the same.
            closed.countDown();
            Thread.currentThread().interrupt();
        }
        Duration next = pause.multipliedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private void release() {
        Response answer = current.getAndSet(null);
        if (answer != null) {
            answer.close();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        release();
    }
}
