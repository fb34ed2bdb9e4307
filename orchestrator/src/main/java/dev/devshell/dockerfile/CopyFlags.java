package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The flags of {@code COPY} and {@code ADD}. */
final class CopyFlags {
    private static final Set<String> COPY = Set.of("from", "chown", "chmod", "link", "parents", "exclude");
    private static final Set<String> ADD =
            Set.of("chown", "chmod", "link", "exclude", "keep-git-dir", "checksum", "unpack");
    private static final Set<String> BOOLEAN = Set.of("link", "parents", "keep-git-dir", "unpack");

    private final Syntax syntax;
    private final Statement statement;
    private final Map<String, String> single = new HashMap<>();
    private final List<String> excludes = new ArrayList<>();

    CopyFlags(Syntax syntax, Statement statement, boolean add) {
        this.syntax = syntax;
        this.statement = statement;
        for (String flag : statement.flags()) {
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag.substring(2) : flag.substring(2, equals);
            if (!(add ? ADD : COPY).contains(name)) {
                throw syntax.error(statement, flag, "unknown flag --" + name);
            }
            read(name, equals < 0 ? "" : flag.substring(equals + 1));
        }
    }

    Map<String, String> single() {
        return single;
    }

    List<String> excludes() {
        return excludes;
    }

    private void read(String name, String given) {
        String value = given;
        if (BOOLEAN.contains(name)) {
            value = given.isEmpty() ? "true" : given.toLowerCase(Locale.ROOT);
            if (!value.equals("true") && !value.equals("false")) {
                throw syntax.error(statement, "--" + name, "--%s is true or false, but was: %s".formatted(name, given));
            }
        } else if (value.isEmpty()) {
            throw syntax.error(statement, "--" + name, "--" + name + " needs a value");
        }
        if (name.equals("exclude")) {
            excludes.add(value);
        } else if (single.put(name, value) != null) {
            throw syntax.error(statement, "--" + name, "--" + name + " may stand once only");
        }
    }
}
