package dev.devshell.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * One Syncthing: its own home directory, and a configuration that looks for nobody, relays nothing and opens nothing to the outside.
 *
 * @param folder the directory that it syncs
 * @param address where the other end may call it
 * @param control the port of its own API, on the loopback interface
 * @param paused whether its folder waits to be resumed
 */
record SyncthingEnd(Path home, String id, String folder, String address, int control, boolean paused) {
    static final String MARKER = ".stfolder";
    static final Map<String, String> ENVIRONMENT = Map.of("STNOUPGRADE", "1", "STNORESTART", "1");

    private static final String KEY = "bench";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static SyncthingEnd create(Path home, String folder, String address, int control, boolean paused)
            throws IOException {
        Path parent = home.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a home below a directory, but was: " + home);
        }
        Command.run(parent, "syncthing", "generate", "--no-default-folder", "--home=" + home);
        String id = Command.run(parent, "syncthing", "serve", "--device-id", "--home=" + home);
        return new SyncthingEnd(home, id, folder, address, control, paused);
    }

    List<String> command() {
        List<String> command = new ArrayList<>(List.of("syncthing"));
        command.addAll(serve(home.toString()));
        return command;
    }

    static List<String> serve(String home) {
        return List.of("serve", "--no-browser", "--no-restart", "--no-upgrade", "--home=" + home);
    }

    void configure(SyncthingEnd other) throws IOException {
        Files.writeString(home.resolve("config.xml"), """
                <configuration version="36">
                  <folder id="tree" path="%s" type="sendreceive" rescanIntervalS="86400" fsWatcherEnabled="true" fsWatcherDelayS="1" paused="%s">
                    <device id="%s"/>
                    <device id="%s"/>
                    <minDiskFree unit="%%">0</minDiskFree>
                    <markerName>%s</markerName>
                    <paused>%s</paused>
                  </folder>
                  <device id="%s"><address>dynamic</address></device>
                  <device id="%s"><address>%s</address></device>
                  <gui enabled="true" tls="false"><address>127.0.0.1:%d</address><apikey>%s</apikey></gui>
                  <options>
                    <listenAddress>%s</listenAddress>
                    <globalAnnounceEnabled>false</globalAnnounceEnabled>
                    <localAnnounceEnabled>false</localAnnounceEnabled>
                    <relaysEnabled>false</relaysEnabled>
                    <natEnabled>false</natEnabled>
                    <reconnectionIntervalS>5</reconnectionIntervalS>
                    <startBrowser>false</startBrowser>
                    <urAccepted>-1</urAccepted>
                    <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
                    <crashReportingEnabled>false</crashReportingEnabled>
                    <setLowPriority>false</setLowPriority>
                  </options>
                </configuration>
                """.formatted(
                folder, paused, id, other.id, MARKER, paused, id, other.id, other.address, control, KEY, address));
    }

    /** Returns whether the other end has answered. */
    boolean connected() throws IOException {
        return request("GET", "/rest/system/connections", "").contains("\"connected\": true");
    }

    void resume() throws IOException {
        request("PATCH", "/rest/config/folders/tree", "{\"paused\": false}");
    }

    void await(String what, Arrival.Look look, Duration limit) throws IOException, TimeoutException {
        Arrival.await(what, () -> looked(look), System.nanoTime(), limit);
    }

    /** Its API is not there from the first moment on. */
    private static boolean looked(Arrival.Look look) throws IOException {
        try {
            return look.there();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    private String request(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control + path))
                .header("X-API-Key", KEY)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }
}
