package dev.devshell.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A limit of the kernel that is lower for a while; setting it takes root. */
record KernelLimit(Path setting, String before) implements AutoCloseable {
    static KernelLimit lower(String name, int value) throws IOException {
        Path setting = Path.of("/proc/sys").resolve(name);
        KernelLimit limit = new KernelLimit(setting, read(setting));
        Files.writeString(setting, Integer.toString(value));
        return limit;
    }

    /** Reads it in one go: at a second read the kernel says that this was all. */
    private static String read(Path setting) throws IOException {
        return Files.readAllLines(setting).get(0);
    }

    @Override
    public void close() throws IOException {
        Files.writeString(setting, before);
        if (!read(setting).equals(before)) {
            throw new IOException(setting + " is not what it was: " + before);
        }
    }
}
