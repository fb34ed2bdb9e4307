package dev.devshell.watch.worker;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run: classes that may have changed are loaded anew, everything else is the JVM's already. */
final class TestRun {
    private final Order.RunTests order;
    private final Line line;
    private final Cancellation cancellation;

    TestRun(Order.RunTests order, Line line, Cancellation cancellation) {
        this.order = order;
        this.line = line;
        this.cancellation = cancellation;
    }

    /** Runs the tests on this thread, and returns the class loader that they had. */
    ClassLoader execute() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader fresh = new URLClassLoader(urls(), before)) {
            thread.setContextClassLoader(fresh);
            try (LauncherSession session = LauncherFactory.openSession()) {
                for (List<DiscoverySelector> part : parts()) {
                    if (!cancellation.isCancelled()) {
                        cancellation.execute(session.getLauncher(), request(part), new Teller(order.id(), line));
                    }
                }
            }
            return fresh;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL[] urls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String root : order.roots()) {
            urls.add(Path.of(root).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** One part where JUnit can be told to stop in the middle of it, else one a class. */
    private List<List<DiscoverySelector>> parts() {
        Map<String, List<DiscoverySelector>> parts = new LinkedHashMap<>();
        for (String selector : order.selectors()) {
            String part = cancellation.hasToken() ? "" : selector;
            parts.computeIfAbsent(part, missing -> new ArrayList<>()).add(selector(selector));
        }
        return List.copyOf(parts.values());
    }

    private static DiscoverySelector selector(String text) {
        int colon = text.indexOf(':');
        String what = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "class" -> DiscoverySelectors.selectClass(what);
            case "method" -> DiscoverySelectors.selectMethod(what);
            case "id" -> DiscoverySelectors.selectUniqueId(what);
            default -> throw new IllegalArgumentException("not a selector: " + text);
        };
    }

    private LauncherDiscoveryRequest request(List<DiscoverySelector> selectors) {
        LauncherDiscoveryRequestBuilder builder =
                LauncherDiscoveryRequestBuilder.request().selectors(selectors);
        if (!order.includeTags().isEmpty()) {
            builder.filters(TagFilter.includeTags(order.includeTags()));
        }
        if (!order.excludeTags().isEmpty()) {
            builder.filters(TagFilter.excludeTags(order.excludeTags()));
        }
        return builder.build();
    }
}
