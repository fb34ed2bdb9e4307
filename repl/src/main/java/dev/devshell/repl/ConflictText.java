package dev.devshell.repl;

import dev.devshell.Sync;
import dev.devshell.conflict.Contents;
import dev.devshell.conflict.LineDiff;
import dev.devshell.repl.screen.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Both versions of a conflict as lines for a terminal: the host's with a minus, the container's with a plus. */
final class ConflictText {
    private static final int CONTEXT = 3;

    private final Console console;
    private final List<String> lines = new ArrayList<>();

    private ConflictText(Console console) {
        this.console = console;
    }

    /**
     * @param most how many lines of the difference fit
     */
    static List<String> of(Sync.Conflict conflict, Contents host, Contents container, Console console, int most) {
        ConflictText text = new ConflictText(console);
        String replica = conflict.service() + "-" + conflict.number();
        text.minus("-- host: " + words(host));
        text.plus("++ " + replica + ": " + words(container));
        if (host.lines().isPresent() && container.lines().isPresent()) {
            text.diff(LineDiff.of(host.lines().get(), container.lines().get()));
        }
        return text.cut(most);
    }

    private static String words(Contents contents) {
        if (contents instanceof Contents.File file) {
            String kind = file.isLarge() ? "too large to be shown, " : file.isBinary() ? "not text, " : "";
            return kind + Bytes.text(file.size());
        }
        if (contents instanceof Contents.Link link) {
            return "a link to " + SafeText.plain(link.target());
        }
        if (contents instanceof Contents.Unreadable unreadable) {
            return unreadable.why();
        }
        return contents instanceof Contents.Directory ? "a directory" : "deleted";
    }

    private void minus(String line) {
        lines.add(console.out(Style.RED, "-" + line));
    }

    private void plus(String line) {
        lines.add(console.out(Style.GREEN, "+" + line));
    }

    private void diff(List<LineDiff.Row> rows) {
        int at = 0;
        while (at < rows.size()) {
            int end = at;
            while (end < rows.size() && isSame(rows.get(end)) == isSame(rows.get(at))) {
                end++;
            }
            List<LineDiff.Row> run = rows.subList(at, end);
            if (isSame(run.get(0))) {
                same(run, at == 0, end == rows.size());
            } else {
                run.stream().filter(row -> row.leftNumber() > 0).forEach(row -> minus(SafeText.plain(row.left())));
                run.stream().filter(row -> row.rightNumber() > 0).forEach(row -> plus(SafeText.plain(row.right())));
            }
            at = end;
        }
    }

    private static boolean isSame(LineDiff.Row row) {
        return row.kind() == LineDiff.Kind.SAME;
    }

    /** Of lines that are the same, some around what differs. */
    private void same(List<LineDiff.Row> run, boolean first, boolean last) {
        int before = first ? 0 : Math.min(CONTEXT, run.size());
        int after = last ? 0 : Math.min(CONTEXT, run.size() - before);
        run.subList(0, before).forEach(this::same);
        int between = run.size() - before - after;
        if (between > 0) {
            lines.add(console.out(Style.DIM, " (" + between + (between == 1 ? " line" : " lines") + " the same)"));
        }
        run.subList(run.size() - after, run.size()).forEach(this::same);
    }

    private void same(LineDiff.Row row) {
        lines.add(" " + SafeText.plain(row.left()));
    }

    private List<String> cut(int most) {
        if (lines.size() <= most) {
            return lines;
        }
        List<String> shown = new ArrayList<>(lines.subList(0, most - 1));
        shown.add(console.out(Style.DIM, " (" + (lines.size() - most + 1) + " more lines; 'ui' shows all of them)"));
        return shown;
    }
}
