package dev.devshell.dockerfile;

/**
 * A file or directory that a build step uses before the code is copied: a change of it makes the step's outcome stale.
 *
 * <p><em>The code</em> is what the first {@code COPY} or {@code ADD} brings whose source is the shallowest directory that
 * the stage and those it is {@code FROM} copy ({@code COPY . .} before {@code COPY app app}); where none copies a directory, what
 * the last one brings. Whatever is copied before that from the same build, or bound by {@code RUN --mount=type=bind}, and has
 * a {@code RUN} between itself and the code, is a trigger of the first such {@code RUN}.
 *
 * @param context name of the context, {@code ""} for the main one
 * @param source path relative to the context's root
 * @param directory whether everything below it counts
 * @param line of the instruction that brings it
 * @param staleLine of the {@code RUN}
 * @param staleStep the {@code RUN} as one line
 */
public record RebuildTrigger(
        String context, String source, boolean directory, int line, int staleLine, String staleStep) {
    /** Tells whether a changed path of a context pulls this trigger. */
    public boolean matches(String changedContext, String path) {
        return changedContext.equals(context)
                && (path.equals(source) || (directory && (source.isEmpty() || path.startsWith(source + "/"))));
    }
}
