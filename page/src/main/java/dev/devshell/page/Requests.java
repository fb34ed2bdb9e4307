package dev.devshell.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.Sync;
import dev.devshell.session.ServicePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a browser may ask for and have done: what commands of the command line do, and nothing else. */
final class Requests {
    private static final Duration FLUSH = Duration.ofSeconds(30);

    private final PageProject project;
    private final DevSession session;
    private final Conflicts conflicts;
    private final Feeds feeds;

    Requests(PageProject project, Feeds feeds) {
        this.project = project;
        this.session = project.session();
        this.conflicts = new Conflicts(session, project.files());
        this.feeds = feeds;
    }

    /** Answers a question. */
    Object get(String what, String id) {
        return switch (what) {
            case "plan" -> plans();
            case "conflict" -> conflicts.versions(id);
            default -> throw unknown(what);
        };
    }

    private List<Object> plans() {
        List<Object> all = new ArrayList<>();
        for (ServicePlan plan : project.plans().get()) {
            all.add(PageJson.object(
                    "service", plan.service(),
                    "dockerfile", plan.dockerfile(),
                    "stage", plan.stage(),
                    "policy", plan.sync().policy(),
                    "mappings", plan.mappings(),
                    "leftOut", plan.leftOut(),
                    "holes", plan.holes(),
                    "notes", plan.notes()));
        }
        return all;
    }

    /** Does something. */
    Object post(String what, JsonNode args) {
        switch (what) {
            case "restart" -> restart(service(args));
            case "rebuild" -> rebuild(service(args));
            case "pause" -> session.sync().pause();
            case "resume" -> session.sync().resume();
            case "flush" -> session.sync().flush(FLUSH);
            case "release" -> session.sync().release();
            case "restore" -> session.sync().restore();
            case "resolve" -> conflicts.resolve(text(args, "id"), keep(args));
            case "undo" -> {
                Sync.Version undone = session.sync().undo(Optional.of(text(args, "id")));
                feeds.state().look();
                return undone;
            }
            case "test" -> test(text(args, "action"), args.path("watch").asBoolean());
            default -> throw unknown(what);
        }
        feeds.state().look();
        return Map.of();
    }

    private void restart(String service) {
        feeds.tasks()
                .start(
                        "restarted",
                        service,
                        progress -> session.restart(List.of(service), progress),
                        feeds.state()::look);
    }

    private void rebuild(String service) {
        feeds.tasks()
                .start(
                        "rebuilt",
                        service,
                        progress -> session.rebuild(List.of(service), progress),
                        feeds.state()::look);
    }

    private void test(String action, boolean watch) {
        switch (action) {
            case "run" -> feeds.tests().run(watch);
            case "failed" -> feeds.tests().runFailed();
            case "stop" -> feeds.tests().stop();
            default -> throw unknown("test " + action);
        }
    }

    private String service(JsonNode args) {
        String name = text(args, "service");
        if (session.services().stream().noneMatch(service -> service.name().equals(name))) {
            throw new DevshellException.Usage("NO-SERVICE", "there is no such service", "", "devshell ps");
        }
        return name;
    }

    private static String text(JsonNode args, String name) {
        return args.path(name).asText("");
    }

    private static Sync.Keep keep(JsonNode args) {
        try {
            return Sync.Keep.valueOf(text(args, "keep").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DevshellException.Usage("BAD-REQUEST", "kept is host, container or both", "", "");
        }
    }

    private static DevshellException unknown(String what) {
        return new DevshellException.Usage("UNKNOWN-COMMAND", "the page does not know '" + what + "'", "", "");
    }
}
