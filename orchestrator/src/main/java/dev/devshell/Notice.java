package dev.devshell;

import java.nio.file.Path;
import java.util.List;

/**
 * Something that a session says on its own: that it happened, or that it stands until somebody deals with it.
 *
 * @param code a stable name for programs: upper case with dashes, like {@code IMAGE-STALE}
 * @param service that it is about; empty where it is about the project
 * @param what as one sentence without a full stop
 * @param why the cause as far as it is known; may be empty
 * @param next what to do about it, a command where there is one; may be empty
 * @param paths of the host that it is about; absolute
 */
public record Notice(String code, String service, String what, String why, String next, List<Path> paths) {
    public Notice {
        paths = List.copyOf(paths);
    }

    /** Returns what a failure says, as something that stands. */
    public static Notice of(String service, DevshellException failure) {
        return new Notice(failure.code(), service, failure.what(), failure.why(), failure.next(), List.of());
    }
}
