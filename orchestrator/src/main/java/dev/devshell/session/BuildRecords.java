package dev.devshell.session;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the trigger files of each image were when it was built.
 *
 * <p>Kept on disk, because an image outlives the session that built it. A record that is lost only means that staleness is
 * told less well.
 */
final class BuildRecords {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRecords.class);
    private static final int MOST = 50;

    private final Path file;
    private final Map<String, Map<String, String>> byImage = new LinkedHashMap<>();

    BuildRecords(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try {
                byImage.putAll(Json.MAPPER.readValue(file.toFile(), new TypeReference<>() {}));
            } catch (IOException e) {
                LOG.warn("{} cannot be read, and is begun anew: {}", file, e.toString());
            }
        }
    }

    private static String key(String service, String imageId) {
        return service + " " + imageId;
    }

    synchronized Optional<Map<String, String>> find(String service, String imageId) {
        return Optional.ofNullable(byImage.get(key(service, imageId)));
    }

    synchronized void put(String service, String imageId, Map<String, String> states) {
        String key = key(service, imageId);
        byImage.remove(key);
        byImage.put(key, states);
        while (byImage.size() > MOST) {
            byImage.remove(byImage.keySet().iterator().next());
        }
        try {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, Json.MAPPER.writeValueAsBytes(byImage));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
