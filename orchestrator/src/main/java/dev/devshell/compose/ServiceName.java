package dev.devshell.compose;

import dev.devshell.DevshellException.Usage;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps what cannot be a service's name from reaching Compose, which would take {@code --rm} for an option. */
final class ServiceName {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._][a-zA-Z0-9._-]*");

    private ServiceName() {}

    static String checked(String name) {
        if (!FORM.matcher(name).matches()) {
            throw new Usage(
                    "UNKNOWN-SERVICE",
                    "there is no service \"" + name + "\"",
                    "a service's name has letters, digits, dots, dashes and underscores",
                    "`devshell ps` lists the services");
        }
        return name;
    }

    static List<String> checked(List<String> names) {
        names.forEach(ServiceName::checked);
        return names;
    }
}
