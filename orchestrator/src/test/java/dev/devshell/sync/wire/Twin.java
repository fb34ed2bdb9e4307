package dev.devshell.sync.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.lang.reflect.RecordComponent;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders a message as the readable twin of its fixture.
 *
 * <p>A record is an object with its name under "is" and then its components; an enum constant its lower-case name; bytes,
 * digests and ids are hexadecimal.
 */
final class Twin {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Twin() {}

    static JsonNode of(Object message) {
        return JSON.valueToTree(render("", message));
    }

    private static Object render(String name, Object value) {
        if (value instanceof Digest digest) {
            return digest.toHex();
        }
        if (value instanceof Bytes bytes) {
            return HexFormat.of().formatHex(bytes.array());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Long id && name.startsWith("id")) {
            return String.format("%016x", id);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> render(name, item)).toList();
        }
        if (value instanceof Node.File file) {
            return file(file);
        }
        return value instanceof Record record ? components(record) : value;
    }

    private static Map<String, Object> file(Node.File file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("is", "File");
        object.put("digest", file.digest().toHex());
        object.put("executable", file.executable());
        return object;
    }

    private static Map<String, Object> components(Record record) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("is", record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            object.put(component.getName(), render(component.getName(), read(record, component)));
        }
        return object;
    }

    private static Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
