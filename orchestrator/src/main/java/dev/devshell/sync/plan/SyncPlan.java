package dev.devshell.sync.plan;

import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.ignore.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What maps where, for one service.
 *
 * <p>Where two roots hold a container path, the later owns it, as the later instruction of a Dockerfile does: it is asked first for a host path, the
 * earlier only where the later has nothing there.
 */
public final class SyncPlan {
    private final List<Root> roots;
    private final List<String> holes;
    private final Policy policy;
    private final List<IgnoreRules> protects;
    private final Map<IgnoreRules, IgnoreMatcher> compiled = new HashMap<>();
    private final List<List<IgnoreMatcher>> ignores;
    private final List<List<IgnoreMatcher>> quiets;
    private final List<IgnoreMatcher> protectors;

    /**
     * Makes a plan.
     *
     * @param roots in the order of their instructions
     * @param holes container paths that are mounts: nothing at or below them is synced
     * @param policy who prevails in a conflict
     * @param protects host paths, relative to their context, that are never written from a container
     */
    public SyncPlan(List<Root> roots, List<String> holes, Policy policy, List<IgnoreRules> protects) {
        this.roots = List.copyOf(roots);
        this.holes = List.copyOf(holes);
        this.policy = policy;
        this.protects = List.copyOf(protects);
        this.ignores = roots.stream().map(root -> compile(root.ignore())).toList();
        this.quiets = roots.stream().map(root -> compile(root.quiet())).toList();
        this.protectors = compile(protects);
    }

    private List<IgnoreMatcher> compile(List<IgnoreRules> sets) {
        return sets.stream()
                .map(rules -> compiled.computeIfAbsent(rules, IgnoreRules::matcher))
                .toList();
    }

    public List<Root> roots() {
        return roots;
    }

    public List<String> holes() {
        return holes;
    }

    public Policy policy() {
        return policy;
    }

    public List<IgnoreRules> protects() {
        return protects;
    }

    /** Returns whether the sync knows the container path: below a root, in no hole, and not ignored by all of its roots. */
    public boolean covers(String container, boolean directory) {
        if (inHole(container)) {
            return false;
        }
        for (int i = 0; i < roots.size(); i++) {
            HostPath host = roots.get(i).hostOf(container);
            if (host != null && !any(ignores.get(i), host.path(), directory)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the container paths that the host path may go to. */
    public Set<String> targetsOf(HostPath host, boolean directory) {
        Set<String> targets = new LinkedHashSet<>(2);
        for (int i = 0; i < roots.size(); i++) {
            String container = roots.get(i).containerOf(host);
            if (container != null && !inHole(container) && !any(ignores.get(i), host.path(), directory)) {
                targets.add(container);
            }
        }
        return targets;
    }

    /**
     * Returns how the host's path concerns this plan: not ignored when a root takes it in, to be descended into when a root may lie below it or a rule
     * speaks of something below it.
     */
    public Verdict hostVerdict(HostPath path, boolean directory) {
        boolean descend = false;
        for (int i = 0; i < roots.size(); i++) {
            Root root = roots.get(i);
            if (root.containerOf(path) != null) {
                Verdict verdict = strictest(ignores.get(i), path.path(), directory);
                if (!verdict.ignored()) {
                    return verdict;
                }
                descend |= verdict.descend();
            } else {
                descend |= directory && root.host().isBelow(path);
            }
        }
        return new Verdict(true, descend, -1);
    }

    private static Verdict strictest(List<IgnoreMatcher> matchers, String path, boolean directory) {
        Verdict strictest = Verdict.ROOT;
        for (IgnoreMatcher matcher : path.isEmpty() ? List.<IgnoreMatcher>of() : matchers) {
            Verdict verdict = matcher.verdict(path, directory);
            if (verdict.ignored()) {
                boolean descend = verdict.descend() && (!strictest.ignored() || strictest.descend());
                strictest = new Verdict(true, descend, verdict.rule());
            }
        }
        return strictest;
    }

    /** Returns the rule that leaves the host path out of what it is mapped by; empty where none does. */
    public Optional<String> ignoring(HostPath path, boolean directory) {
        for (int i = 0; i < roots.size(); i++) {
            if (roots.get(i).containerOf(path) != null) {
                for (int j = 0; j < ignores.get(i).size(); j++) {
                    Verdict verdict = ignores.get(i).get(j).verdict(path.path(), directory);
                    if (verdict.ignored()) {
                        return Optional.of(roots.get(i)
                                .ignore()
                                .get(j)
                                .rules()
                                .get(verdict.rule())
                                .glob());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the root that owns the container path. */
    public Optional<Root> rootOf(String container) {
        for (int i = roots.size() - 1; i >= 0; i--) {
            if (roots.get(i).hostOf(container) != null) {
                return Optional.of(roots.get(i));
            }
        }
        return Optional.empty();
    }

    /** Returns the path above, or null where that is above every root. */
    public @Nullable String parent(String container) {
        int slash = container.lastIndexOf('/');
        if (slash < 0 || container.equals("/")) {
            return null;
        }
        String parent = slash == 0 ? "/" : container.substring(0, slash);
        for (Root root : roots) {
            if (root.directory() && Paths.below(root.container(), parent) != null) {
                return parent;
            }
        }
        return null;
    }

    /** Returns whether the container path is a mount or below one. */
    public boolean inHole(String container) {
        for (String hole : holes) {
            if (Paths.below(hole, container) != null) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the host path must not be written from a container. */
    public boolean isProtected(String hostPath, boolean directory) {
        return any(protectors, hostPath, directory);
    }

    /** Returns whether what is new in the container at the place of this host path stays there. */
    public boolean isQuiet(Root root, String hostPath, boolean directory) {
        return any(quiets.get(roots.indexOf(root)), hostPath, directory);
    }

    /** Returns a name for what maps where: two plans with the same name may share an ancestor (rule 10). */
    public String fingerprint() {
        StringBuilder text = new StringBuilder();
        for (Root root : roots) {
            text.append(
                    List.of(root.container(), root.directory(), root.host(), root.flow(), root.ignore(), root.quiet()));
        }
        return hash(text.append(holes).append(protects).toString());
    }

    /** Returns a name for what this plan takes from one context: plans with the same name may share a tree. */
    public String footprint(Path context) {
        StringBuilder text = new StringBuilder(context.toString());
        for (Root root : roots) {
            if (root.host().context().equals(context)) {
                text.append(List.of(root.host().path(), root.directory(), root.ignore()));
            }
        }
        return hash(text.append(protects).toString());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean any(List<IgnoreMatcher> matchers, String path, boolean directory) {
        if (path.isEmpty()) {
            return false;
        }
        for (IgnoreMatcher matcher : matchers) {
            if (matcher.verdict(path, directory).ignored()) {
                return true;
            }
        }
        return false;
    }
}
