package dev.devshell.repl;

import java.util.Set;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Shows while it is typed whether a command is one: bold where it is, red where it cannot become one. */
final class CommandHighlighter implements Highlighter {
    private final Set<String> commands;

    CommandHighlighter(Set<String> commands) {
        this.commands = Set.copyOf(commands);
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        String command = buffer.stripLeading();
        int start = buffer.length() - command.length();
        int space = command.indexOf(' ');
        String name = space < 0 ? command : command.substring(0, space);
        boolean becoming = space < 0 && commands.stream().anyMatch(one -> one.startsWith(name));
        AttributedStyle style = commands.contains(name)
                ? AttributedStyle.BOLD
                : becoming || name.startsWith("#")
                        ? AttributedStyle.DEFAULT
                        : AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
        return new AttributedStringBuilder()
                .append(buffer.substring(0, start))
                .styled(style, name)
                .append(buffer.substring(start + name.length()))
                .toAttributedString();
    }
}
