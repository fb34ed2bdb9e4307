package dev.devshell.junit;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** Asks whether somebody answers behind a published port. */
final class Probe {
    private static final int CONNECT_MILLIS = 1000;
    private static final int LISTEN_MILLIS = 100;

    private Probe() {}

    /**
     * Connects, and listens for a moment: docker's proxy takes every connection, and closes it at once where nobody is behind it.
     */
    static boolean takesConnections(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(LISTEN_MILLIS);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            // It is open, and waits for us to speak; or it could not even be reached.
            return !String.valueOf(e.getMessage())
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains("connect");
        } catch (IOException e) {
            return false;
        }
    }

    static boolean answers(URI page, Duration timeout) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
            connection.setInstanceFollowRedirects(false);
            try {
                return connection.getResponseCode() < 400;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
