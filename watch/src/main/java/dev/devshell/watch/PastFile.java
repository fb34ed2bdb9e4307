package dev.devshell.watch;

import dev.devshell.watch.select.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps how tests went from one watch to the next; a file that is lost only means that all tests are new again. */
final class PastFile {
    private static final Logger LOG = LoggerFactory.getLogger(PastFile.class);

    private final Path file;

    PastFile(Path file) {
        this.file = file;
    }

    Past read() {
        Past past = Past.NONE;
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] parts = line.split("\t", -1);
                past = past.with(parts[2], parts[0].equals("ok"), Long.parseLong(parts[1]));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read, and is begun anew: {}", file, e.toString());
            return Past.NONE;
        }
        return past;
    }

    void write(Past past) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Long> one : new TreeMap<>(past.millis()).entrySet()) {
            lines.add((past.failed().contains(one.getKey()) ? "failed" : "ok") + "\t" + one.getValue() + "\t"
                    + one.getKey());
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.getParent());
            Files.write(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
