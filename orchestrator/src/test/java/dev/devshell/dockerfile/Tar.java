package dev.devshell.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The regular files and the directories of a tar archive, by absolute path. */
final class Tar {
    private static final int BLOCK = 512;
    private static final Pattern PAX_PATH = Pattern.compile("(?s)\\d+ path=([^\n]*)\n");

    final Map<String, String> files = new HashMap<>();
    final Set<String> directories = new HashSet<>();

    /** Reads one; contents longer than {@code longest} are not kept. */
    static Tar read(Path archive, int longest) throws IOException {
        Tar tar = new Tar();
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            DataInputStream in = new DataInputStream(stream);
            String longName = "";
            byte[] head = in.readNBytes(BLOCK);
            while (head.length == BLOCK && head[0] != 0) {
                int size = (int) Long.parseLong(field(head, 124, 12), 8);
                char type = (char) head[156];
                boolean keep = type == 'x' || type == 'L' || size <= longest;
                byte[] content = keep ? in.readNBytes(size) : new byte[0];
                in.skipNBytes((keep ? 0 : size) + (BLOCK - size % BLOCK) % BLOCK);
                if (type == 'x' || type == 'L') {
                    longName = longName(type, new String(content, UTF_8));
                } else {
                    tar.add(type, longName.isEmpty() ? name(head) : longName, new String(content, UTF_8));
                    longName = "";
                }
                head = in.readNBytes(BLOCK);
            }
        }
        return tar;
    }

    private void add(char type, String name, String content) {
        String path = UnixPaths.absolute(name);
        if (type == '5') {
            directories.add(path);
        } else if (type == '0' || type == 0) {
            files.put(path, content);
        }
    }

    private static String longName(char type, String content) {
        Matcher matcher = PAX_PATH.matcher(content);
        return type == 'x' ? (matcher.find() ? matcher.group(1) : "") : content.replace("\0", "");
    }

    private static String name(byte[] head) {
        String prefix = field(head, 345, 155);
        return prefix.isEmpty() ? field(head, 0, 100) : prefix + "/" + field(head, 0, 100);
    }

    private static String field(byte[] head, int from, int length) {
        String text = new String(head, from, length, UTF_8);
        int end = text.indexOf('\0');
        return (end < 0 ? text : text.substring(0, end)).strip();
    }
}
