package dev.devshell.engine;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How an engine is reached: streams dial it, and the HTTP transport takes a Unix socket, which is a {@link Relay}'s where the
 * engine's own is not on this machine.
 */
record Route(Dial dial, URI socket, Optional<Relay> relay) implements AutoCloseable {
    static Route to(EngineAddress address, Map<String, String> env) {
        Dial dial = Dial.to(address, env);
        if (address.socket().isPresent()) {
            return new Route(dial, address.uri(), Optional.empty());
        }
        try {
            Relay relay = Relay.before(dial);
            return new Route(dial, relay.address(), Optional.of(relay));
        } catch (IOException e) {
            throw Refusals.unreachable(address, e);
        }
    }

    /** Returns why a call failed. */
    Exception reason(Exception seen) {
        return relay.flatMap(Relay::failure).<Exception>map(e -> e).orElse(seen);
    }

    @Override
    public void close() {
        relay.ifPresent(Relay::close);
    }
}
