package dev.devshell.conflict;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands at a path. */
public sealed interface Contents {
    /** What is larger is told by its size. */
    int MOST_BYTES = 512 << 10;

    /** Returns the lines of a text, none of what is not there; nothing of what cannot be shown as text. */
    default Optional<List<String>> lines() {
        return Optional.empty();
    }

    /** A file; only the beginning of one that is larger than was asked for. */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record File(byte[] bytes, long size) implements Contents {
        public boolean isLarge() {
            return size > MOST_BYTES || bytes.length > MOST_BYTES;
        }

        /** Returns whether it is no text in UTF-8. */
        public boolean isBinary() {
            for (byte one : bytes) {
                if (one == 0) {
                    return true;
                }
            }
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes));
                return false;
            } catch (CharacterCodingException e) {
                return true;
            }
        }

        @Override
        public Optional<List<String>> lines() {
            if (isLarge() || isBinary()) {
                return Optional.empty();
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
            int last = lines.size() - 1;
            if (lines.get(last).isEmpty()) {
                lines.remove(last);
            } else {
                lines.set(last, lines.get(last) + " ⏎̸");
            }
            return Optional.of(lines);
        }
    }

    record Link(String target) implements Contents {}

    record Directory() implements Contents {}

    /** Nothing. */
    record Absent() implements Contents {
        @Override
        public Optional<List<String>> lines() {
            return Optional.of(List.of());
        }
    }

    /** Something else, or something that cannot be read. */
    record Unreadable(String why) implements Contents {}
}
