package dev.devshell.sync.wire;

import dev.devshell.sync.core.Node;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a value of the protocol may be; every message checks itself with these, whichever end it comes from. */
final class Limits {
    /** The most bytes of a frame after its length. */
    static final int FRAME = 1 << 20;

    static final int STRING = 65_535;
    static final int MODE = 07777;

    /** What is put beside the stream is named by this and at most 32 hexadecimal digits. */
    static final String UPLOAD = "upload-";

    private static final Pattern UPLOADS = Pattern.compile(UPLOAD + "[0-9a-f]{1,32}");
    private static final int PATH = 4_095;
    private static final int COMPONENT = 255;

    private Limits() {}

    static void atMost(String what, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " is from 0 to " + max + ", but was: " + value);
        }
    }

    static void content(Entry entry, Content content) {
        if (content instanceof Content.None) {
            return;
        }
        if (!(entry.node() instanceof Node.File)) {
            throw new IllegalArgumentException("only a file has content, but was: " + entry);
        }
        if (content instanceof Content.Inline inline && inline.data().length() != entry.size()) {
            throw new IllegalArgumentException("content of " + inline.data().length() + " bytes for a file of "
                    + entry.size() + ": " + entry.path());
        }
    }

    static void upload(String name) {
        if (!UPLOADS.matcher(name).matches()) {
            throw new IllegalArgumentException("an upload's name is " + UPLOADS + ", but was: " + quoted(name));
        }
    }

    static void ranges(java.util.List<Range> ranges) {
        if (ranges.isEmpty() || ranges.size() > Range.MOST) {
            throw new IllegalArgumentException("1 to " + Range.MOST + " ranges, but was: " + ranges.size());
        }
    }

    /** Checks an absolute, clean path. */
    static void path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with \"/\", but was: " + quoted(path));
        }
        if (path.length() > 1) {
            components(path, 1);
        }
    }

    /** Returns whether a clean path, and each of its components, is short enough. */
    static boolean fits(String path) {
        if (path.length() * 3 <= COMPONENT) {
            return true;
        }
        int longest = 0;
        int start = 0;
        for (int slash = 0; slash >= 0; start = slash + 1) {
            slash = path.indexOf('/', start);
            longest = Math.max(longest, bytes(path, start, slash < 0 ? path.length() : slash));
        }
        boolean surely = path.length() * 3 <= PATH;
        return longest <= COMPONENT && (surely || bytes(path, 0, path.length()) <= PATH);
    }

    /** Checks a relative, clean path, or "" for where it is relative to. */
    static void relativePath(String path) {
        if (!path.isEmpty()) {
            components(path, 0);
        }
    }

    static void linkTarget(String target) {
        if (target.isEmpty() || target.indexOf('\0') >= 0 || bytes(target, 0, target.length()) > PATH) {
            throw new IllegalArgumentException(
                    "a link's target has 1 to " + PATH + " bytes and no NUL, but was: " + quoted(target));
        }
    }

    private static void components(String path, int from) {
        if (bytes(path, 0, path.length()) > PATH) {
            throw new IllegalArgumentException("a path has at most " + PATH + " bytes, but was: " + quoted(path));
        }
        if (path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a path has no NUL, but was: " + quoted(path));
        }
        int start = from;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            component(path, start, end);
            start = end + 1;
        }
    }

    private static void component(String path, int start, int end) {
        int length = end - start;
        boolean dots = length <= 2 && path.substring(start, end).equals("..".substring(0, length));
        if (dots) {
            throw new IllegalArgumentException(
                    "a path has no empty, \".\" or \"..\" component, but was: " + quoted(path));
        }
        if (bytes(path, start, end) > COMPONENT) {
            throw new IllegalArgumentException(
                    "a path's component has at most " + COMPONENT + " bytes, but was: " + quoted(path));
        }
    }

    private static int bytes(String text, int start, int end) {
        // three bytes a char is the most that UTF-8 needs, so most texts need no encoding to be known short enough
        int length = end - start;
        return length * 3 <= COMPONENT ? length : text.substring(start, end).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String quoted(String path) {
        String shown = path.length() <= 80 ? path : path.substring(0, 80) + "...";
        return "\"" + shown.replace("\0", "\\0") + "\"";
    }
}
