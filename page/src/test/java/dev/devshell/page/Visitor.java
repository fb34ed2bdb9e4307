package dev.devshell.page;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Speaks HTTP with exactly the headers that it is told, which no browser and no client of the JDK does. */
final class Visitor {
    private final int port;
    private final List<String> headers = new ArrayList<>();

    Visitor(int port) {
        this.port = port;
    }

    /** What came back, up to its end. */
    record Answer(int status, String head, String body) {
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Returns one that also says this. */
    Visitor with(String header) {
        Visitor visitor = new Visitor(port);
        visitor.headers.addAll(headers);
        visitor.headers.add(header);
        return visitor;
    }

    /** Returns one that has been let in, with the path that the cookie is for. */
    static Known known(PageServer server) throws IOException {
        URI address = server.address();
        Answer welcome = new Visitor(address.getPort()).get("/?" + address.getRawQuery());
        String cookie = welcome.header("set-cookie").split(";", 2)[0];
        return new Known(new Visitor(address.getPort()).with("Cookie: " + cookie), welcome.header("location"));
    }

    record Known(Visitor visitor, String base) {}

    Answer get(String path) throws IOException {
        return send("GET", path, "", true);
    }

    Answer post(String path, String body) throws IOException {
        return send("POST", path, body, true);
    }

    /** Sends it with whatever host was added, or none. */
    Answer send(String method, String path, String body, boolean host) throws IOException {
        try (Socket socket = open(method, path, body, host)) {
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
        }
    }

    /** Returns what goes on coming. */
    Socket listen(String path) throws IOException {
        return open("GET", path, "", true);
    }

    private Socket open(String method, String path, String body, boolean host) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        if (host) {
            request.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        headers.forEach(header -> request.append(header).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            request.append("Content-Length: ").append(content.length).append("\r\n");
        }
        request.append("\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Reads until a text has come, and returns all until then. */
    static String await(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] buffer = new byte[8192];
        while (read.indexOf(text) < 0) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new IOException("ended before '" + text + "': " + read);
            }
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return read.toString();
    }
}
