package dev.devshell.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows in columns that are as wide as their widest cell. */
final class TextTable {
    /** Colours and links. */
    private static final Pattern UNSEEN = Pattern.compile("\u001b\\[[0-9;]*m|\u001b\\]8;[^\u001b]*\u001b\\\\");

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), width(row.get(i))));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(i == 0 ? "" : GAP).append(row.get(i));
            line.append(" ".repeat(widths.get(i) - width(row.get(i))));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        String visible = UNSEEN.matcher(cell).replaceAll("");
        return visible.codePointCount(0, visible.length());
    }
}
