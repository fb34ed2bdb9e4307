package dev.devshell.compose;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a YAML file is broken: Compose names a line at best, and never the file. */
final class SyntaxLocator {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

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
            return Optional.of(excerpt(file, text, e));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String excerpt(Path file, String text, JsonProcessingException failure) {
        int line = failure.getLocation() == null ? 1 : failure.getLocation().getLineNr();
        int column = failure.getLocation() == null ? 1 : failure.getLocation().getColumnNr();
        // The location is where the reader stood; the message names the place of the problem last.
        Matcher mark = MARK.matcher(failure.getOriginalMessage());
        while (mark.find()) {
            line = Integer.parseInt(mark.group(1));
            column = Integer.parseInt(mark.group(2));
        }
        String content = text.lines().skip(Math.max(0, line - 1)).findFirst().orElse("");
        String caret = " ".repeat(Math.max(0, column - 1)) + "^";
        return file + ":" + line + ":" + column + "\n    " + content + "\n    " + caret;
    }
}
