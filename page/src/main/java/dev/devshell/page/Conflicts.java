package dev.devshell.page;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.conflict.ContainerFiles;
import dev.devshell.conflict.Contents;
import dev.devshell.conflict.LineDiff;
import dev.devshell.conflict.Versions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paths that wait for a decision, with both versions. A browser names one by an id: what it sends is never taken for a
 * path.
 */
final class Conflicts {
    private static final int MOST_ROWS = 6000;
    private static final int CONTEXT = 3;

    private final DevSession session;
    private final Versions versions;

    Conflicts(DevSession session, ContainerFiles files) {
        this.session = session;
        this.versions = new Versions(session, files);
    }

    static List<Map<String, Object>> list(List<Sync.Conflict> conflicts) {
        List<Map<String, Object>> all = new ArrayList<>();
        conflicts.forEach(conflict -> all.add(told(conflict)));
        return all;
    }

    private static Map<String, Object> told(Sync.Conflict conflict) {
        return PageJson.object(
                "id", id(conflict),
                "path", conflict.path(),
                "service", conflict.service(),
                "number", conflict.number(),
                "containerPath", conflict.containerPath());
    }

    private static String id(Sync.Conflict conflict) {
        String name = conflict.service() + "\0" + conflict.number() + "\0" + conflict.containerPath();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Sync.Conflict named(String id) {
        return session.sync().conflicts().stream()
                .filter(conflict -> id(conflict).equals(id))
                .findFirst()
                .orElseThrow(() -> new DevshellException.Usage(
                        "NO-CONFLICT",
                        "there is no such conflict any more",
                        "it was decided",
                        "devshell sync conflicts"));
    }

    void resolve(String id, Sync.Keep keep) {
        session.sync().resolve(named(id).path(), keep);
    }

    /** Returns both versions beside one another. */
    Map<String, Object> versions(String id) {
        Sync.Conflict conflict = named(id);
        Contents host = Versions.host(conflict.path());
        Contents container = versions.container(conflict);
        Optional<List<String>> left = host.lines();
        Optional<List<String>> right = container.lines();
        Map<String, Object> told = told(conflict);
        told.put("host", describe(host));
        told.put("container", describe(container));
        if (left.isPresent()
                && right.isPresent()
                && (!left.get().isEmpty() || !right.get().isEmpty())) {
            List<Object> rows = rows(LineDiff.of(left.get(), right.get()));
            told.put("rows", rows.size() > MOST_ROWS ? rows.subList(0, MOST_ROWS) : rows);
            told.put("cut", rows.size() > MOST_ROWS);
        }
        return told;
    }

    private static Map<String, Object> describe(Contents contents) {
        if (contents instanceof Contents.File file) {
            String kind = file.isLarge() ? "large" : file.isBinary() ? "binary" : "text";
            return PageJson.object("kind", kind, "size", file.size());
        }
        if (contents instanceof Contents.Link link) {
            return PageJson.object("kind", "link", "target", link.target());
        }
        if (contents instanceof Contents.Unreadable unreadable) {
            return PageJson.object("kind", "unreadable", "why", unreadable.why());
        }
        return PageJson.object("kind", contents instanceof Contents.Directory ? "directory" : "absent");
    }

    /** Leaves out long stretches of lines that are the same. */
    private static List<Object> rows(List<LineDiff.Row> all) {
        List<Object> rows = new ArrayList<>();
        int at = 0;
        while (at < all.size()) {
            int end = at;
            while (end < all.size() && all.get(end).kind() == LineDiff.Kind.SAME) {
                end++;
            }
            int from = at == 0 ? at : at + CONTEXT;
            int to = end == all.size() ? end : end - CONTEXT;
            if (to - from > 1) {
                all.subList(at, from).forEach(row -> rows.add(row(row)));
                rows.add(PageJson.object("kind", "GAP", "count", to - from));
                all.subList(to, end).forEach(row -> rows.add(row(row)));
            } else {
                all.subList(at, end).forEach(row -> rows.add(row(row)));
            }
            for (at = end; at < all.size() && all.get(at).kind() != LineDiff.Kind.SAME; at++) {
                rows.add(row(all.get(at)));
            }
        }
        return rows;
    }

    private static Map<String, Object> row(LineDiff.Row row) {
        return PageJson.object(
                "kind", row.kind(),
                "left", PlainText.visible(row.left()),
                "leftNumber", row.leftNumber(),
                "right", PlainText.visible(row.right()),
                "rightNumber", row.rightNumber());
    }
}
