package dev.devshell.junit;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attaches files to a test where JUnit does so, from 5.12 on, and was told where such files go. */
final class Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private Attachment() {}

    static void publish(ExtensionContext context, Set<Path> files) {
        // Without this it would make a directory of a random name for us in every run.
        if (context.getConfigurationParameter("junit.platform.reporting.output.dir")
                .isEmpty()) {
            return;
        }
        ThrowingConsumer<Path> copy = directory -> copy(files, directory);
        try {
            Method publish = ExtensionContext.class.getMethod("publishDirectory", String.class, ThrowingConsumer.class);
            publish.invoke(context, "devshell-evidence", copy);
        } catch (NoSuchMethodException e) {
            LOG.debug("this JUnit attaches no files");
        } catch (IllegalAccessException | InvocationTargetException e) {
            LOG.warn("the evidence could not be attached to the test; it is in its files", e);
        }
    }

    private static void copy(Set<Path> files, Path directory) throws IOException {
        for (Path file : files) {
            Files.copy(file, directory.resolve(file.getFileName()));
        }
    }
}
