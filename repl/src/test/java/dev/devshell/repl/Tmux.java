package dev.devshell.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A terminal with a program in it: keys go in, and its screen can be looked at. Each has a tmux server of its own. */
final class Tmux implements AutoCloseable {
    private static final String SESSION = "screen";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String server;
    private final int columns;
    private final int rows;
    private Optional<Thread> recording = Optional.empty();

    /**
     * Starts a program, and says on the screen how it ended.
     *
     * @param command for a shell
     */
    Tmux(int columns, int rows, Path directory, Map<String, String> env, String command) {
        this.columns = columns;
        this.rows = rows;
        server = "devshell-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        List<String> start = new ArrayList<>(
                List.of("-f", "/dev/null", "new-session", "-d", "-s", SESSION, "-x", "" + columns, "-y", "" + rows));
        start.addAll(List.of("-c", directory.toString()));
        env.forEach((name, value) -> start.addAll(List.of("-e", name + "=" + value)));
        start.add(command + "; echo \"ended with $?\"; stty -a | grep -o -e '-*icanon' -e ' -*echo '; cat");
        tmux(start);
    }

    /** Starts devshell as it was built, as a person would in the directory of a project. */
    static Tmux devshell(TinyProject project, int columns, int rows, Map<String, String> env) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        Map<String, String> all = new HashMap<>(project.places());
        all.put("CLASSPATH", classPath);
        all.put("CI", "");
        all.putAll(env);
        return new Tmux(columns, rows, project.path(""), all, java + " -XX:+UseSerialGC " + Main.class.getName());
    }

    /** Records what it shows from now on until it is closed. */
    void record(Path file, String title) throws IOException {
        Path pipe = Files.createTempDirectory("devshell-recording").resolve("output");
        try {
            Process made =
                    new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
            assertThat(made.waitFor()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        recording = Optional.of(Recording.start(pipe, file, columns, rows, title));
        tmux(List.of("pipe-pane", "-t", SESSION, "exec cat > '" + pipe + "'"));
    }

    private String tmux(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().remove("TMUX");
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Types text as it is. */
    void type(String text) {
        tmux(List.of("send-keys", "-t", SESSION, "-l", text));
    }

    /** Presses keys by tmux's names, such as {@code Enter} and {@code C-c}. */
    void press(String... keys) {
        tmux(Stream.concat(Stream.of("send-keys", "-t", SESSION), Stream.of(keys))
                .toList());
    }

    void enter(String line) {
        type(line);
        press("Enter");
    }

    void resize(int columns, int rows) {
        tmux(List.of("resize-window", "-t", SESSION, "-x", "" + columns, "-y", "" + rows));
    }

    /** From now on writes to a file all that the program writes to the terminal. */
    void record(Path file) {
        tmux(List.of("pipe-pane", "-t", SESSION, "cat > '" + file + "'"));
    }

    /** Returns what is on the screen, without what is blank below it. */
    String screen() {
        return tmux(List.of("capture-pane", "-p", "-t", SESSION)).stripTrailing();
    }

    /** Returns the same with its colours, as sequences that a terminal would take. */
    String colouredScreen() {
        return tmux(List.of("capture-pane", "-e", "-p", "-t", SESSION)).stripTrailing();
    }

    /** Returns the process of the program that was started. */
    ProcessHandle program() {
        long pane = Long.parseLong(tmux(List.of("display-message", "-p", "-t", SESSION, "#{pane_pid}"))
                .strip());
        return ProcessHandle.of(pane).orElseThrow().children().findFirst().orElseThrow();
    }

    /** Waits until the screen is as it should be, and returns it. */
    String awaitScreen(String what, Predicate<String> condition) {
        try {
            return await().alias(what).atMost(PATIENCE).until(this::screen, condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("the screen never showed " + what + ":\n" + screen(), e);
        }
    }

    String awaitText(String text) {
        return awaitScreen("'" + text + "'", screen -> screen.contains(text));
    }

    /** Waits for a prompt at the end of what was written, with nothing typed. */
    void awaitPrompt(String prompt) {
        awaitScreen("an empty '" + prompt + "'", screen -> {
            List<String> lines = screen.lines().filter(line -> !line.isBlank()).toList();
            return lines.size() > 1 && (lines.get(lines.size() - 2) + " ").equals(prompt);
        });
    }

    @Override
    public void close() {
        tmux(List.of("kill-server"));
        recording.ifPresent(Tmux::awaitEnd);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
