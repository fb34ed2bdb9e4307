package dev.devshell.watch.maven;

import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** How the compiler plugin was configured where it compiled a project's sources, or those of its tests. */
final class CompilerFacts {
    private static final List<String> PLAIN =
            List.of("release", "source", "target", "encoding", "parameters", "proc", "enablePreview", "compilerId");

    private final MojoExecution execution;
    private final PluginParameterExpressionEvaluator evaluator;

    CompilerFacts(ExecutionEvent event) {
        this.execution = event.getMojoExecution();
        MavenSession session = event.getSession();
        this.evaluator = new PluginParameterExpressionEvaluator(session, execution);
    }

    List<String> lines() throws ExpressionEvaluationException {
        Facts facts = new Facts();
        MojoDescriptor mojo = execution.getMojoDescriptor();
        String of = mojo.getGoal().equals("compile") ? "main." : "test.";
        Optional<Xpp3Dom> configuration = Optional.ofNullable(execution.getConfiguration());
        if (configuration.isEmpty()) {
            return List.of();
        }
        for (String name : PLAIN) {
            facts.add(of + name, value(configuration.get().getChild(name)));
        }
        for (String name : List.of("testRelease", "testSource", "testTarget")) {
            facts.add(of + name, value(configuration.get().getChild(name)));
        }
        facts.add(of + "argument", value(configuration.get().getChild("compilerArgument")));
        addChildren(facts, of + "argument", configuration.get().getChild("compilerArgs"));
        addChildren(facts, of + "argument", configuration.get().getChild("testCompilerArgument"));
        addPaths(facts, of + "processorPath", configuration.get().getChild("annotationProcessorPaths"));
        addChildren(facts, of + "processor", configuration.get().getChild("annotationProcessors"));
        return facts.lines();
    }

    private void addChildren(Facts facts, String name, @Nullable Xpp3Dom list) throws ExpressionEvaluationException {
        if (list != null) {
            for (Xpp3Dom child : list.getChildren()) {
                facts.add(name, value(child));
            }
        }
    }

    /** As {@code group:artifact:version}, to be found in the repository by whoever reads this. */
    private void addPaths(Facts facts, String name, @Nullable Xpp3Dom list) throws ExpressionEvaluationException {
        if (list == null) {
            return;
        }
        for (Xpp3Dom path : list.getChildren()) {
            facts.add(
                    name,
                    value(path.getChild("groupId")) + ":" + value(path.getChild("artifactId")) + ":"
                            + value(path.getChild("version")));
        }
    }

    /** Evaluates what the pom or else the plugin's own default says. */
    private @Nullable Object value(@Nullable Xpp3Dom dom) throws ExpressionEvaluationException {
        if (dom == null) {
            return null;
        }
        Object given = dom.getValue() == null ? null : evaluator.evaluate(dom.getValue());
        String fallback = dom.getAttribute("default-value");
        return given != null || fallback == null ? given : evaluator.evaluate(fallback);
    }
}
