package dev.devshell.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * devshell's sync, in a JVM of its own with the launcher's options.
 *
 * @param environment what leads it to another engine
 */
record Devshell(Map<String, String> environment) implements Program {
    Devshell() {
        this(Map.of());
    }

    @Override
    public String title() {
        return "devshell";
    }

    @Override
    public boolean goesBack() {
        return true;
    }

    @Override
    public boolean syncsFirst() {
        return true;
    }

    @Override
    public Child prepare(Site site) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + System.getProperty("bench.options"),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SyncProgram.class.getName(),
                        site.tree().toString(),
                        site.container(),
                        site.project().resolve("state").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        if (!SyncProgram.LOADED.equals(output.readLine())) {
            throw new IOException("devshell's sync did not start, see above");
        }
        return new Child(process, output);
    }

    /** It ends with its standard input. */
    record Child(Process process, BufferedReader output) implements Running {
        @Override
        public void begin() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        /** Asks one of the questions that {@link SyncProgram} knows. */
        String ask(String question) throws IOException {
            process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = output.readLine();
            if (answer == null) {
                throw new IOException("devshell's sync ended, see above");
            }
            return answer;
        }

        @Override
        public List<Long> processes() {
            return List.of(process.pid());
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            Command.end(process);
        }
    }
}
