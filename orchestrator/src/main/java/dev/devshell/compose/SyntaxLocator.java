package dev.devshell.compose;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds where a YAML file is broken: Compose names a line at best, and never the file. */
final class SyntaxLocator {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SyntaxLocator() {}

    /** Returns {@code file:line:column}, the line, and a caret under the column; of the first file that is broken. */
    static Optional<String> locate(List<Path> files) {
        return files.stream().flatMap(file -> broken(file).stream()).findFirst();
    }

    private static Optional<String> broken(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            return Optional.empty();
        }
        try (JsonParser parser = YAML.createParser(new StringReader(text))) {
            while (parser.nextToken() != null) {
                // Only its end, or its failure, matters.
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(excerpt(file, text, e.getLocation()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String excerpt(Path file, String text, @org.jspecify.annotations.Nullable JsonLocation at) {
        if (at == null) {
            return file.toString();
        }
        String line =
                text.lines().skip(Math.max(0, at.getLineNr() - 1)).findFirst().orElse("");
        return file + ":" + at.getLineNr() + ":" + at.getColumnNr() + "\n    " + line + "\n    "
                + " ".repeat(Math.max(0, at.getColumnNr() - 1)) + "^";
    }
}
