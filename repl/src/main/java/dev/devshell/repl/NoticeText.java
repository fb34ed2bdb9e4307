package dev.devshell.repl;

import dev.devshell.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A notice for a person: what, and below it why and the next command. */
final class NoticeText {
    private NoticeText() {}

    static List<String> lines(Notice notice, BiFunction<Style, String, String> styled) {
        List<String> lines = new ArrayList<>();
        lines.add(styled.apply(Style.YELLOW, "notice: ") + notice.what());
        add(lines, "why:  ", notice.why());
        add(lines, "next: ", notice.next());
        return lines;
    }

    private static void add(List<String> lines, String label, String text) {
        List<String> of = text.lines().toList();
        for (int i = 0; i < of.size(); i++) {
            lines.add("  " + (i == 0 ? label : " ".repeat(label.length())) + of.get(i));
        }
    }
}
