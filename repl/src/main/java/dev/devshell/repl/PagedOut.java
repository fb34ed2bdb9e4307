package dev.devshell.repl;

import dev.devshell.DevshellException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Output that goes to a pager once it is longer than the screen, and as it is where it is not. Holds no more of it than a screen.
 */
final class PagedOut extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(PagedOut.class);

    private final PrintStream plain;
    private final String pager;
    private final int columns;
    private final int rows;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int column;
    private int row;
    private @Nullable Process process;

    /**
     * @param pager a command for a shell
     */
    PagedOut(PrintStream plain, String pager, int columns, int rows) {
        this.plain = plain;
        this.pager = pager;
        this.columns = columns;
        this.rows = rows;
    }

    /** Whoever looked has seen enough; nobody reads the rest. */
    private static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Left(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Runs a command whose output may be long.
     *
     * @param command takes where it is to write to
     */
    static int around(Devshell root, ToIntFunction<Console> command) {
        Console console = root.console();
        Optional<String> pager = root.launch().pager();
        if (pager.isEmpty() || root.json()) {
            return command.applyAsInt(console);
        }
        return root.terminal().lend(() -> {
            TerminalSize size = TerminalSize.ask();
            PagedOut out = new PagedOut(console.out(), pager.get(), size.columns(), size.rows());
            return out.run(stream -> command.applyAsInt(console.withOut(stream)), root.inShell());
        });
    }

    @SuppressWarnings("try") // Ctrl-C is the pager's meanwhile
    int run(ToIntFunction<PrintStream> command, boolean inShell) {
        try (Interrupts ignored = inShell ? Interrupts.none() : Interrupts.toThisThread();
                PrintStream stream = new PrintStream(this, false, StandardCharsets.UTF_8)) {
            int code = command.applyAsInt(stream);
            stream.flush();
            return code;
        } catch (Left e) {
            return 0;
        } finally {
            end();
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (process != null) {
            feed(process, bytes, offset, length);
            return;
        }
        held.write(bytes, offset, length);
        for (int i = offset; i < offset + length && row < rows; i++) {
            column++;
            if (bytes[i] == '\n' || column > columns) {
                row++;
                column = 0;
            }
        }
        // The prompt, and what stands below it, want their place too.
        if (row >= rows - 2) {
            process = start();
            byte[] begun = held.toByteArray();
            held.reset();
            feed(process, begun, 0, begun.length);
        }
    }

    private Process start() {
        try {
            plain.flush();
            ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-c", pager))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            // Colours as they are, and gone at once where all fits after all; as git has it.
            builder.environment().putIfAbsent("LESS", "FRX");
            return builder.start();
        } catch (IOException e) {
            throw new DevshellException.Failed(
                    "NO-PAGER", "the pager cannot be run", pager + ": " + e.getMessage(), "PAGER= without one", e);
        }
    }

    private static void feed(Process to, byte[] bytes, int offset, int length) {
        try {
            to.getOutputStream().write(bytes, offset, length);
            to.getOutputStream().flush();
        } catch (IOException e) {
            throw new Left(e);
        }
    }

    /** Shows what fits, or waits for who reads. */
    private void end() {
        Process running = process;
        if (running == null) {
            plain.writeBytes(held.toByteArray());
            plain.flush();
            return;
        }
        try {
            running.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the pager has read enough: {}", e.toString());
        }
        while (running.isAlive()) {
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                LOG.debug("Ctrl-C is the pager's while it has the terminal");
            }
        }
    }

    @Override
    public void flush() {
        if (process == null) {
            return;
        }
        feed(process, new byte[0], 0, 0);
    }
}
