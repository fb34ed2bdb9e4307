package dev.devshell.watch.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a name, a tab and a value, in which nothing breaks a line. */
final class Facts {
    private final List<String> lines = new ArrayList<>();

    void add(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            String text =
                    value.toString().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            lines.add(name + "\t" + text);
        }
    }

    void addAll(String name, @Nullable Collection<?> values) {
        if (values != null) {
            values.forEach(value -> add(name, value instanceof File file ? file.getAbsolutePath() : value));
        }
    }

    List<String> lines() {
        return lines;
    }
}
