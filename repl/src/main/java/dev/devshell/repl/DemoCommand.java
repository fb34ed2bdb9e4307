package dev.devshell.repl;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;

/** Shows what devshell does, on the Rails example, from nothing. */
@Command(name = "demo", description = "Boot the Rails example from a scratch copy and show the sync, both ways.")
final class DemoCommand extends Rooted {
    @Override
    public Integer call() {
        try (Scratch scratch = Scratch.copyOf(Home.find().resolve("examples/rails"))) {
            return new Demo(root(), scratch).run();
        } catch (IOException e) {
            throw new UncheckedIOException("copying the example", e);
        }
    }
}
