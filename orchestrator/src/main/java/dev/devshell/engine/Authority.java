package dev.devshell.engine;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code user@host:port} of an address. Read here because Java's own reader refuses names with an underscore, which the
 * aliases of ssh often have.
 *
 * @param user may be empty
 * @param host without the brackets of IPv6
 */
record Authority(String user, String host, OptionalInt port) {
    private static final Pattern FORM =
            Pattern.compile("(?:([^@:/]*)@)?(?:\\[([0-9A-Fa-f:.%]+)]|([^@:/\\[\\]]+))(?::(\\d{1,5}))?");

    /** Returns nothing for what names no host, or carries a password. */
    static Optional<Authority> of(URI uri) {
        Matcher form = FORM.matcher(Optional.ofNullable(uri.getAuthority()).orElse(""));
        if (!form.matches()) {
            return Optional.empty();
        }
        String host = form.group(2) == null ? form.group(3) : form.group(2);
        OptionalInt port =
                form.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(form.group(4)));
        return Optional.of(new Authority(form.group(1) == null ? "" : form.group(1), host, port));
    }
}
