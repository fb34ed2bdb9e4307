package dev.devshell.engine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

/** Opens connections to one engine, each on its own. */
interface Dial {
    /** Opens a connection, within half a minute or not at all. */
    Link open() throws IOException;

    /** Returns the name by which this machine reaches what the engine publishes. */
    String host();

    /** Chooses by the address's scheme; {@code env} has the {@code PATH} on which ssh is found. */
    static Dial to(EngineAddress address, Map<String, String> env) {
        return switch (String.valueOf(address.uri().getScheme())) {
            case "unix" -> new Unix(Path.of(address.uri().getPath()));
            case "tcp" -> TcpDial.to(address);
            case "ssh" -> SshDial.to(address, env);
            default -> throw Refusals.unsupported(address);
        };
    }

    /** The engine of this machine. */
    record Unix(Path socket) implements Dial {
        @Override
        public Link open() throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new ChannelLink(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public String host() {
            return "localhost";
        }
    }
}
