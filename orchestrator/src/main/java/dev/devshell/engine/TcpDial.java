package dev.devshell.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;

/**
 * An engine behind a port, with TLS or without.
 *
 * @param tls empty: in the clear
 * @param verify whether the engine's certificate has to name {@code host}
 */
record TcpDial(String host, int port, Optional<SSLContext> tls, boolean verify) implements Dial {
    private static final int PLAIN = 2375;
    private static final int SECURE = 2376;
    private static final int PATIENCE_MILLIS = 10_000;
    /** A peer that is gone without a word is noticed after 25 s; an event stream has nothing to send that would tell. */
    private static final Map<SocketOption<Integer>, Integer> PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 10,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    static TcpDial to(EngineAddress address) {
        Authority authority = Authority.of(address.uri())
                .orElseThrow(() -> Refusals.badAddress(address.uri().toString(), address.source(), null));
        int port = authority.port().orElse(address.tls().isPresent() ? SECURE : PLAIN);
        Optional<SSLContext> context = address.tls().map(tls -> tls.context(address));
        boolean verify = address.tls().map(TlsMaterial::verify).orElse(true);
        return new TcpDial(authority.host(), port, context, verify);
    }

    @Override
    public Link open() throws IOException {
        return tls.isPresent() ? secure(tls.get()) : plain();
    }

    private Link plain() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            for (Map.Entry<SocketOption<Integer>, Integer> probe : PROBES.entrySet()) {
                if (channel.supportedOptions().contains(probe.getKey())) {
                    channel.setOption(probe.getKey(), probe.getValue());
                }
            }
            channel.socket().connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            return new ChannelLink(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Link secure(SSLContext context) throws IOException {
        Socket bare = new Socket();
        try {
            bare.setTcpNoDelay(true);
            bare.setKeepAlive(true);
            for (Map.Entry<SocketOption<Integer>, Integer> probe : PROBES.entrySet()) {
                if (bare.supportedOptions().contains(probe.getKey())) {
                    bare.setOption(probe.getKey(), probe.getValue());
                }
            }
            bare.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            bare.setSoTimeout(PATIENCE_MILLIS);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(bare, host, port, true);
            if (verify) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            bare.setSoTimeout(0);
            return new Secure(bare, socket);
        } catch (IOException | RuntimeException e) {
            bare.close();
            throw e;
        }
    }

    private static final class Secure extends StreamLink {
        private final Socket bare;
        private final SSLSocket socket;

        Secure(Socket bare, SSLSocket socket) throws IOException {
            super(socket.getInputStream(), socket.getOutputStream());
            this.bare = bare;
            this.socket = socket;
        }

        @Override
        public void endOutput() throws IOException {
            socket.shutdownOutput();
        }

        /** TLS would say good-bye first, and wait for a writer that nobody reads. */
        @Override
        void release() throws IOException {
            bare.close();
        }
    }
}
