package dev.devshell.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.devshell.DevshellException;
import dev.devshell.Progress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the session behind a socket; a connection for each request, so that leaving one cancels it. */
final class ControlClient {
    private final Path socket;

    ControlClient(Path socket) {
        this.socket = socket;
    }

    /** Returns whether a session listens; a socket that a dead process left does not count. */
    boolean isAlive() {
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    JsonNode ask(String command, Object args) {
        return ask(command, args, line -> {});
    }

    JsonNode ask(String command, Object args, Progress progress) {
        try (JsonLines lines = new JsonLines(SocketChannel.open(UnixDomainSocketAddress.of(socket)))) {
            lines.write(Request.of(command, args));
            while (true) {
                Reply reply = reply(lines.read());
                if (reply.error() != null) {
                    throw reply.error().toException();
                }
                if (reply.progress() == null) {
                    return reply.result() == null ? NullNode.getInstance() : reply.result();
                }
                progress.tell(reply.progress());
            }
        } catch (ClosedByInterruptException e) {
            throw new DevshellException.Interrupted("interrupted");
        } catch (IOException e) {
            throw lost(command, e);
        }
    }

    private static Reply reply(Optional<JsonNode> line) throws IOException {
        try {
            return Json.MAPPER.treeToValue(
                    line.orElseThrow(() -> new IOException("it ended before it answered")), Reply.class);
        } catch (JsonProcessingException e) {
            throw new IOException("it answered what is no reply", e);
        }
    }

    private DevshellException lost(String command, IOException cause) {
        return new DevshellException.Failed(
                "SESSION-LOST",
                "the session did not answer '" + command + "'",
                String.valueOf(cause.getMessage()),
                "devshell up -d starts it again",
                cause);
    }
}
