package dev.devshell.compose;

import dev.devshell.DevshellException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing that docker or Compose can complain of, and how it is told. */
record ErrorRule(Pattern pattern, Telling telling) {
    /** Makes the error of what the pattern found. */
    interface Telling {
        DevshellException tell(Matcher found, Complaint complaint);
    }

    static ErrorRule of(String pattern, Telling telling) {
        return new ErrorRule(Pattern.compile(pattern, Pattern.MULTILINE), telling);
    }

    Optional<DevshellException> apply(Complaint complaint) {
        Matcher matcher = pattern.matcher(complaint.text());
        return matcher.find() ? Optional.of(telling.tell(matcher, complaint)) : Optional.empty();
    }
}
