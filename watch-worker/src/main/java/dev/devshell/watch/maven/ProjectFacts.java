package dev.devshell.watch.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Where a project has what, and how its tests are run. */
final class ProjectFacts {
    private static final String PLATFORM = "org.junit.platform";
    private static final String JUPITER = "org.junit.jupiter";

    private final ExecutionEvent event;
    private final MavenProject project;
    private final RepositorySystem repositories;

    ProjectFacts(ExecutionEvent event, RepositorySystem repositories) {
        this.event = event;
        this.project = event.getProject();
        this.repositories = repositories;
    }

    /** What was told of its compiler before is this project's too: the line {@code project} comes last. */
    List<String> lines() throws DependencyResolutionRequiredException, DependencyResolutionException {
        Facts facts = new Facts();
        facts.addAll("main.sources", project.getCompileSourceRoots());
        facts.addAll("test.sources", project.getTestCompileSourceRoots());
        facts.addAll("main.resources", resources(project.getResources()));
        facts.addAll("test.resources", resources(project.getTestResources()));
        facts.add("main.classes", project.getBuild().getOutputDirectory());
        facts.add("test.classes", project.getBuild().getTestOutputDirectory());
        facts.addAll("main.classpath", project.getCompileClasspathElements());
        facts.addAll("test.classpath", project.getTestClasspathElements());
        facts.addAll("junit", junit());
        surefire(facts);
        for (MavenProject at = project; at != null && at.getFile() != null; at = at.getParent()) {
            facts.add("file", at.getFile().getAbsolutePath());
        }
        facts.add("project", project.getBasedir().getAbsolutePath());
        return facts.lines();
    }

    /** Those that the build changes on their way are marked. */
    private static List<String> resources(List<Resource> all) {
        return all.stream()
                .filter(resource -> resource.getTargetPath() == null)
                .map(resource -> (resource.isFiltering() ? "filtered:" : "") + resource.getDirectory())
                .toList();
    }

    /** Returns what Surefire adds to the class path on its own: the launcher, and Jupiter's engine where only its API is there. */
    private List<String> junit() throws DependencyResolutionException {
        List<String> files = new ArrayList<>();
        Optional<String> platform = version(PLATFORM, "junit-platform-engine");
        Optional<String> api = version(JUPITER, "junit-jupiter-api");
        if (api.isPresent() && version(JUPITER, "junit-jupiter-engine").isEmpty()) {
            files.addAll(resolve(JUPITER + ":junit-jupiter-engine:" + api.get()));
        }
        if (platform.isEmpty()) {
            // The API's version of the platform: 5.10.1 stands on 1.10.1, and from 6 on they are the same.
            platform = api.map(version -> version.startsWith("5.") ? "1" + version.substring(1) : version);
        }
        if (platform.isPresent() && version(PLATFORM, "junit-platform-launcher").isEmpty()) {
            files.addAll(resolve(PLATFORM + ":junit-platform-launcher:" + platform.get()));
        }
        return files;
    }

    private Optional<String> version(String group, String name) {
        return project.getArtifacts().stream()
                .filter(artifact -> artifact.getGroupId().equals(group)
                        && artifact.getArtifactId().equals(name))
                .map(Artifact::getVersion)
                .findFirst();
    }

    private List<String> resolve(String coordinates) throws DependencyResolutionException {
        CollectRequest collect = new CollectRequest(
                new Dependency(new DefaultArtifact(coordinates.replaceFirst(":([^:]*)$", ":jar:$1")), "runtime"),
                RepositoryUtils.toRepos(project.getRemoteArtifactRepositories()));
        return repositories
                .resolveDependencies(event.getSession().getRepositorySession(), new DependencyRequest(collect, null))
                .getArtifactResults()
                .stream()
                .map(ArtifactResult::getArtifact)
                .map(artifact -> artifact.getFile())
                .map(File::getAbsolutePath)
                .toList();
    }

    private void surefire(Facts facts) {
        Plugin plugin = project.getPlugin("org.apache.maven.plugins:maven-surefire-plugin");
        if (plugin == null || !(plugin.getConfiguration() instanceof Xpp3Dom configuration)) {
            return;
        }
        for (String name : List.of("argLine", "groups", "excludedGroups")) {
            Xpp3Dom child = configuration.getChild(name);
            facts.add("surefire." + name, child == null ? null : child.getValue());
        }
        for (String name : List.of("systemPropertyVariables", "environmentVariables")) {
            Xpp3Dom all = configuration.getChild(name);
            if (all != null) {
                for (Xpp3Dom child : all.getChildren()) {
                    facts.add("surefire." + name, child.getName() + "=" + child.getValue());
                }
            }
        }
    }
}
