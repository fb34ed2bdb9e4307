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

/** Starts the process that holds a session in the background, and waits until it can be spoken to. */
final class BackgroundStart {
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

    private DevSession awaitSocket(Process child) {
        return SessionClient.await(place, () -> {
            if (!child.isAlive() && SessionClient.find(place).isEmpty()) {
                throw new DevshellException.Failed(
                        "NO-SESSION", "the background process ended at once", said(), "devshell up, without -d");
            }
        });
    }

    private String said() {
        try {
            return Files.readString(place.log()).strip();
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }
}
