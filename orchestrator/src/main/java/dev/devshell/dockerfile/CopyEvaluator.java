package dev.devshell.dockerfile;

import dev.devshell.dockerfile.SourceTree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works out what one {@code COPY} or {@code ADD} maps. */
final class CopyEvaluator {
    private final Evaluator evaluator;
    private final Stage stage;
    private final StageState state;
    private final Instruction.Copy copy;
    private final String target;
    private final boolean intoDirectory;
    private final List<Mapping> made = new ArrayList<>();

    CopyEvaluator(Evaluator evaluator, Stage stage, StageState state, Instruction.Copy copy) {
        this.evaluator = evaluator;
        this.stage = stage;
        this.state = state;
        this.copy = copy;
        String written = expand(copy.target());
        boolean absolute = written.startsWith("/");
        target = UnixPaths.absolute(absolute ? written : state.workdir() + "/" + written);
        intoDirectory = written.isEmpty()
                || written.equals(".")
                || written.endsWith("/")
                || (absolute && written.endsWith("/."));
    }

    void run() {
        Origin origin = origin();
        List<String> sources = copy.sources().stream().map(this::expand).toList();
        for (String source : sources) {
            if (origin.reason() != null) {
                leaveOut(source, origin.reason());
                takeByName(UnixPaths.name(UnixPaths.absolute(source)));
            } else if (isRemote(source)) {
                leaveOut(source, "it is fetched from elsewhere");
                takeByName(UnixPaths.name(source));
            } else if (copy.is("parents")) {
                parents(origin.context(), source);
            } else {
                matches(origin.context(), source);
            }
        }
        for (String heredoc : copy.heredocs()) {
            leaveOut("<<" + heredoc, "its content stands in the Dockerfile");
            evaluator.draft().take(copy.at(), fileTarget(heredoc));
        }
        if (!made.isEmpty()) {
            evaluator.draft().steps.add(new Step.Copied(copy.at(), made));
        }
    }

    /** Where its files come from: a local context, or elsewhere for a reason. */
    private record Origin(String context, @Nullable String reason) {}

    private Origin origin() {
        String from = copy.flags().get("from");
        if (from == null) {
            return new Origin("", null);
        }
        Optional<String> context = evaluator.context(from);
        if (context.isPresent()) {
            String name = context.get();
            return evaluator.isLocal(name)
                    ? new Origin(name, null)
                    : new Origin("", "it comes from the additional context " + name + ", which is no local directory");
        }
        Optional<Stage> other = evaluator
                .stages()
                .before(stage, from.toLowerCase(Locale.ROOT))
                .or(() -> evaluator.stages().numbered(from));
        return other.map(it -> new Origin("", "it comes from the stage " + it.label()))
                .orElseGet(() -> new Origin("", "it comes from the image " + from));
    }

    private boolean isRemote(String source) {
        return copy.add() && source.matches("(?s)(https?|git|ssh)://.*|git@[^/:]+:.*");
    }

    private void matches(String context, String source) {
        VisibleTree tree = evaluator.tree(context);
        String path = UnixPaths.relative(source);
        List<String> found = Globs.find(tree, path);
        if (found.isEmpty()) {
            leaveOut(source, "nothing matches it");
        }
        for (String match : found) {
            Optional<String> followed = tree.resolve(match);
            if (followed.isEmpty()) {
                leaveOut(source, "the context has no " + match);
            } else {
                match(tree, context, match, followed.get());
            }
        }
    }

    private void match(VisibleTree tree, String context, String named, String path) {
        Kind kind = tree.kind(path);
        if (kind == Kind.DIRECTORY) {
            add(context, path, target, true, List.of());
        } else if (copy.add() && !"false".equals(copy.flags().get("unpack")) && tree.isArchive(path)) {
            leaveOut(named, "ADD unpacks the archive");
            evaluator.directories().make(target);
        } else {
            add(context, path, fileTarget(UnixPaths.name(named)), false, List.of());
        }
    }

    /** What stands behind {@code /./} keeps its directories; without one, all of it does. */
    private void parents(String context, String source) {
        int pivot = source.indexOf("/./");
        String base = UnixPaths.relative(pivot < 0 ? "" : source.substring(0, pivot));
        String pattern = UnixPaths.relative(pivot < 0 ? source : source.substring(pivot + 3));
        VisibleTree tree = evaluator.tree(context);
        for (String match : Globs.find(tree, base)) {
            Optional<String> directory = tree.resolve(match);
            if (directory.isEmpty()) {
                leaveOut(source, "the context has no " + match);
            } else if (hasWildcard(pattern) || !copy.excludes().isEmpty()) {
                add(context, directory.get(), target, true, pattern.isEmpty() ? List.of() : List.of(pattern));
            } else {
                parent(tree, context, directory.get(), pattern, source);
            }
        }
    }

    private void parent(VisibleTree tree, String context, String directory, String pattern, String source) {
        String path = UnixPaths.join(directory, pattern);
        Kind kind = tree.kind(path);
        if (kind == Kind.ABSENT) {
            leaveOut(source, "the context has no " + path);
        } else {
            add(context, path, UnixPaths.join(target, pattern), kind == Kind.DIRECTORY, List.of());
        }
    }

    private static boolean hasWildcard(String pattern) {
        return pattern.indexOf('\\') >= 0 || GoMatch.hasWildcard(pattern);
    }

    private String fileTarget(String name) {
        boolean inside = intoDirectory || evaluator.directories().contains(target);
        return inside ? UnixPaths.join(target, name) : target;
    }

    private void add(String context, String source, String place, boolean directory, List<String> includes) {
        String chown = copy.flags().get("chown");
        String chmod = copy.flags().get("chmod");
        Mapping mapping = new Mapping(
                context,
                source,
                place,
                directory,
                chown == null ? null : expand(chown),
                chmod == null ? null : expand(chmod),
                includes,
                copy.excludes(),
                copy.at().line(),
                stage.label(),
                copy.at().text());
        made.add(mapping);
        evaluator.draft().mappings.add(mapping);
        evaluator.directories().copied(mapping);
    }

    /** Whether a file or a directory comes is not known; a directory's contents would mix with what is there, and take no name. */
    private void takeByName(String name) {
        if (!intoDirectory && !evaluator.directories().contains(target)) {
            evaluator.draft().take(copy.at(), target);
        } else if (!name.isEmpty()) {
            evaluator.draft().take(copy.at(), UnixPaths.join(target, name));
        }
        evaluator.directories().make(intoDirectory ? target : UnixPaths.parent(target));
    }

    private void leaveOut(String source, String reason) {
        evaluator.draft().leaveOut(copy.at(), source, reason);
    }

    private String expand(String word) {
        return evaluator.expand(state, copy.at(), word);
    }
}
