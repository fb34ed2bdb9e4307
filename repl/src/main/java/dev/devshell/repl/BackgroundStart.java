package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.session.SessionClient;
import dev.devshell.session.SessionPlace;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the process that holds a session in the background, and waits until it can be spoken to. */
final class BackgroundStart {
    private static final int SECONDS = 20;
    private static final int PAUSE_MILLIS = 20;

    private final SessionPlace place;

    BackgroundStart(SessionPlace place) {
        this.place = place;
    }

    DevSession start(ProjectChoice choice, Launch launch, boolean debug) {
        place.create();
        File log = place.log().toFile();
        List<String> command = new ArrayList<>(detached());
        command.addAll(java());
        command.addAll(choice.toArguments());
        command.add(SessionCommand.NAME);
        if (debug) {
            command.add("--debug");
        }
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(launch.workingDirectory().toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.to(log))
                    .redirectErrorStream(true);
            Process child = builder.start();
            return awaitSocket(child);
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-SESSION",
                    "cannot start the background process",
                    String.valueOf(e.getMessage()),
                    "devshell up, without -d",
                    e);
        }
    }

    /** A session of its own: neither Ctrl-C nor the end of this terminal reaches it. */
    private static List<String> detached() {
        boolean setsid =
                List.of("/usr/bin/setsid", "/bin/setsid").stream().anyMatch(path -> Files.isExecutable(Path.of(path)));
        return setsid ? List.of("setsid") : List.of("nohup");
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    /** Waits for the session that another process is about to begin. */
    DevSession awaitSocket() {
        return awaitSocket(null);
    }

    private DevSession awaitSocket(@Nullable Process child) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < deadline) {
            Optional<SessionClient> session = SessionClient.find(place);
            if (session.isPresent()) {
                return session.get();
            }
            if (child != null && !child.isAlive() && SessionClient.find(place).isEmpty()) {
                throw new DevshellException.Failed(
                        "NO-SESSION", "the background process ended at once", said(), "devshell up, without -d");
            }
            pause();
        }
        throw new DevshellException.Failed(
                "NO-SESSION",
                "the background process does not answer",
                "nobody listens on " + place.socket() + " after " + SECONDS + " s",
                "see " + place.log());
    }

    private String said() {
        try {
            return Files.readString(place.log()).strip();
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevshellException.Interrupted("interrupted");
        }
    }
}
