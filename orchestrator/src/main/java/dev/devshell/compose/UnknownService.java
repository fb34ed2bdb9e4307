package dev.devshell.compose;

import dev.devshell.DevshellException.Usage;
import java.util.Collection;

/** Tells that a service is not there, and which are. */
final class UnknownService {
    private UnknownService() {}

    static Usage named(String service, Collection<String> known) {
        String list = known.isEmpty() ? "the project has no services" : "the project has: " + String.join(", ", known);
        String next = Suggestion.nearest(service, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElse("name one of them, or activate its profile with --profile");
        return new Usage("UNKNOWN-SERVICE", "there is no service \"" + service + "\"", list, next);
    }
}
