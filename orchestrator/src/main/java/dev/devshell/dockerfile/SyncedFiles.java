package dev.devshell.dockerfile;

import dev.devshell.dockerfile.SourceTree.Kind;
import dev.devshell.ignore.IgnoreMatcher;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.ignore.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lists the host files that a plan syncs. */
public final class SyncedFiles {
    private final DockerfilePlan plan;
    private final SortedMap<String, SyncedFile> byContainerPath = new TreeMap<>();

    private SyncedFiles(DockerfilePlan plan) {
        this.plan = plan;
    }

    /**
     * Lists every file and link by its container path; where mappings meet, the later one's file owns the path.
     *
     * @param request the contexts to look into, as they were given for the plan
     * @param ignored further rules on paths of the main context, each set ignoring on its own
     */
    public static Collection<SyncedFile> list(DockerfilePlan plan, BuildRequest request, List<IgnoreRules> ignored) {
        SyncedFiles files = new SyncedFiles(plan);
        for (int i = 0; i < plan.mappings().size(); i++) {
            Mapping mapping = plan.mappings().get(i);
            BuildContext context = request.contextNamed(mapping.context());
            List<IgnoreRules> rules = new ArrayList<>(mapping.rules());
            rules.add(context.ignored());
            if (mapping.context().isEmpty()) {
                rules.addAll(ignored);
            }
            files.new Walk(i, mapping, context.tree(), rules).run();
        }
        return files.byContainerPath.values();
    }

    /** One mapping's files. */
    private final class Walk {
        private final int index;
        private final Mapping mapping;
        private final SourceTree tree;
        private final List<IgnoreMatcher> matchers;

        Walk(int index, Mapping mapping, SourceTree tree, List<IgnoreRules> rules) {
            this.index = index;
            this.mapping = mapping;
            this.tree = tree;
            matchers = rules.stream().map(IgnoreRules::matcher).toList();
        }

        void run() {
            boolean directory = mapping.directory();
            List<Verdict> verdicts = matchers.stream()
                    .map(matcher -> matcher.verdict(mapping.source(), directory))
                    .toList();
            if (directory) {
                walk(mapping.source(), verdicts);
            } else if (verdicts.stream().noneMatch(Verdict::ignored)) {
                add(mapping.source());
            }
        }

        private void walk(String directory, List<Verdict> above) {
            for (String name : tree.children(directory)) {
                String path = UnixPaths.join(directory, name);
                boolean isDirectory = tree.kind(path) == Kind.DIRECTORY;
                List<Verdict> verdicts = new ArrayList<>();
                for (int i = 0; i < matchers.size(); i++) {
                    verdicts.add(matchers.get(i).below(above.get(i), path, isDirectory));
                }
                if (isDirectory && verdicts.stream().allMatch(Verdict::descend)) {
                    walk(path, verdicts);
                } else if (!isDirectory && verdicts.stream().noneMatch(Verdict::ignored)) {
                    add(path);
                }
            }
        }

        private void add(String path) {
            String container = mapping.targetOf(path).orElseThrow();
            if (!plan.isTaken(container, index)) {
                byContainerPath.put(container, new SyncedFile(path, container, mapping));
            }
        }
    }
}
