package dev.devshell.repl;

import dev.devshell.Notice;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.session.ServicePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tables and sentences for a person. */
final class TextOutput implements Output {
    private final Console console;
    private final Path directory;
    private final Links links;

    /**
     * @param directory that paths below it are shown relative to
     */
    TextOutput(Console console, Path directory, Links links) {
        this.console = console;
        this.directory = directory;
        this.links = links;
    }

    private void print(String line) {
        console.out().println(line);
    }

    private void print(TextTable table) {
        table.lines().forEach(this::print);
    }

    @Override
    public void services(List<Service> services) {
        TextTable table = new TextTable().row("SERVICE", "STATE", "SINCE", "PORTS", "");
        for (Service service : services) {
            if (service.containers().isEmpty()) {
                table.row(service.name(), state(Service.Condition.ABSENT), "", "", waiting(service));
            }
            for (Service.Instance instance : service.containers()) {
                table.row(
                        name(service, instance),
                        state(instance.condition()),
                        age(instance.since()),
                        ports(instance),
                        detail(service, instance));
            }
        }
        print(table);
    }

    private static String name(Service service, Service.Instance instance) {
        if (instance.oneOff()) {
            return service.name() + " (run)";
        }
        return service.containers().size() > 1 ? service.name() + "-" + instance.number() : service.name();
    }

    private String state(Service.Condition condition) {
        String word = condition.name().toLowerCase(Locale.ROOT);
        return switch (condition) {
            case UNHEALTHY, FAILED, RESTARTING -> console.out(Style.RED, word);
            case STARTING, PAUSED -> console.out(Style.YELLOW, word);
            case HEALTHY, RUNNING -> console.out(Style.GREEN, word);
            case ABSENT -> console.out(Style.DIM, "not started");
            case CREATED, EXITED -> console.out(Style.DIM, word);
        };
    }

    private static String detail(Service service, Service.Instance instance) {
        boolean done =
                instance.condition() == Service.Condition.HEALTHY || instance.condition() == Service.Condition.RUNNING;
        return done || !instance.detail().isEmpty() ? instance.detail() : waiting(service);
    }

    private static String waiting(Service service) {
        return service.waitsFor().isEmpty() ? "" : "waits for " + String.join(", ", service.waitsFor());
    }

    private String ports(Service.Instance instance) {
        return instance.ports().stream()
                .filter(port -> port.host() > 0)
                // An address of each family is one binding to a person.
                .sorted(Comparator.comparing(Service.Port::hostIp))
                .collect(Collectors.toMap(
                        port -> port.host() + "->" + port.container(),
                        port -> linked(port) + "->" + port.container(),
                        (first, second) -> first,
                        TreeMap::new))
                .values()
                .stream()
                .collect(Collectors.joining(", "));
    }

    /** A page is most often what a browser finds there. */
    private String linked(Service.Port port) {
        return port.protocol().equals("tcp") ? links.to("http://" + host(port), host(port)) : host(port);
    }

    static String host(Service.Port port) {
        boolean everywhere = port.hostIp().isEmpty()
                || port.hostIp().equals("0.0.0.0")
                || port.hostIp().equals("::");
        return (everywhere ? "localhost" : port.hostIp()) + ":" + port.host();
    }

    static String age(String since) {
        if (since.isEmpty()) {
            return "";
        }
        try {
            return age(Duration.between(Instant.parse(since), Instant.now()));
        } catch (DateTimeParseException e) {
            return since;
        }
    }

    static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }

    @Override
    public void status(SyncStatus status) {
        if (status.paused()) {
            print(console.out(Style.YELLOW, "paused") + ": nothing travels until 'sync resume'");
        }
        if (status.replicas().isEmpty()) {
            print("no container is in sync");
        }
        status.replicas().forEach(this::replica);
        watches(status.watches());
        for (SyncStatus.Problem problem : status.problems()) {
            print(console.out(Style.YELLOW, "left alone: ") + shown(problem.path()) + " (" + problem.service() + "): "
                    + problem.message());
        }
        status.notices().forEach(notice -> noticeLines(notice).forEach(this::print));
    }

    private void replica(SyncStatus.Replica replica) {
        String about = replica.files() + " files";
        if (replica.waiting() > 0) {
            about += ", " + replica.waiting() + " waiting";
        }
        if (replica.conflicts() > 0) {
            about += ", " + replica.conflicts() + " in conflict";
        }
        if (!replica.detail().isEmpty()) {
            about += "; " + replica.detail();
        }
        print(console.out(Style.BOLD, replica.service() + "-" + replica.number()) + "  " + state(replica.state()) + "  "
                + about);
        TextTable table = new TextTable()
                .row("  to the container", flow(replica.toContainer()))
                .row("  to the host", flow(replica.toHost()));
        replica.waits().forEach(wait -> table.row("  waits", shown(wait.path()) + ": " + wait.why()));
        if (replica.waits().size() < replica.waiting()) {
            table.row("", "and " + (replica.waiting() - replica.waits().size()) + " more");
        }
        replica.errors().forEach(error -> table.row("  " + age(error.when()) + " ago", error.message()));
        print(table);
    }

    private static String flow(SyncStatus.Flow flow) {
        String amount = flow.edits() + (flow.edits() == 1 ? " edit" : " edits") + ", " + Bytes.text(flow.bytes());
        if (flow.bytesPerSecond() > 0) {
            amount += " (" + Bytes.text(flow.bytesPerSecond()) + "/s)";
        }
        return flow.edits() == 0
                ? amount
                : amount
                        + String.format(
                                Locale.ROOT,
                                "; %.1f ms each (p95 %.1f): %.1f to decide (p95 %.1f), %.1f to write (p95 %.1f)",
                                flow.edit().p50Millis(),
                                flow.edit().p95Millis(),
                                flow.decide().p50Millis(),
                                flow.decide().p95Millis(),
                                flow.write().p50Millis(),
                                flow.write().p95Millis());
    }

    private void watches(SyncStatus.Watches watches) {
        String used = "watches: " + watches.used();
        if (watches.limit() > 0) {
            used += " of " + watches.limit();
        }
        if (watches.polled() > 0) {
            used += "; " + watches.polled()
                    + " directories are polled: sudo sysctl fs.inotify.max_user_watches=1048576 raises the limit";
        }
        print(watches.polled() > 0 ? console.out(Style.YELLOW, used) : used);
    }

    private List<String> noticeLines(Notice notice) {
        return NoticeText.lines(notice, (style, text) -> console.out(style, text));
    }

    private String state(SyncStatus.State state) {
        String word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (state) {
            case READY -> console.out(Style.GREEN, word);
            case CONNECTING, CATCHING_UP, RECONNECTING -> console.out(Style.YELLOW, word);
            case FAILED -> console.out(Style.RED, word);
        };
    }

    @Override
    public void plan(ServicePlan plan) {
        new PlanText(console).print(plan);
    }

    @Override
    public void plannedFile(String service, ServicePlan.PlannedFile file) {
        print(file.host() + " -> " + service + ":" + file.container());
    }

    @Override
    public void conflicts(List<Sync.Conflict> conflicts) {
        if (conflicts.isEmpty()) {
            console.say("no conflicts");
            return;
        }
        TextTable table = new TextTable().row("PATH", "SERVICE", "HOST", "CONTAINER");
        conflicts.forEach(c -> table.row(links.to(c.path(), shown(c.path())), c.service(), c.host(), c.container()));
        print(table);
        console.say("next: devshell sync resolve PATH --keep host|container|both");
    }

    @Override
    public void versions(List<Sync.Version> versions) {
        if (versions.isEmpty()) {
            console.say("nothing was replaced or deleted");
            return;
        }
        TextTable table = new TextTable().row("ID", "WHEN", "PATH", "WAS ON", "REASON", "KIND", "SIZE");
        for (Sync.Version version : versions) {
            table.row(
                    version.id(),
                    age(version.when()) + " ago",
                    links.to(version.path(), shown(version.path())),
                    version.side().equals("host") ? "host" : version.service(),
                    version.reason(),
                    version.kind(),
                    version.kind().equals("file") ? Bytes.text(version.size()) : "");
        }
        print(table);
    }

    @Override
    public void explanation(Sync.Explanation explanation) {
        print(console.out(Style.BOLD, links.to(explanation.path(), shown(explanation.path()))));
        TextTable table = new TextTable();
        explanation.facts().forEach(fact -> table.row("  " + fact.name(), fact.value()));
        print(table);
    }

    @Override
    public void checks(List<Check> checks) {
        for (Check check : checks) {
            print(verdict(check.verdict()) + "  " + check.name() + ": " + check.found());
            check.remedy().lines().forEach(line -> print("        " + line));
        }
    }

    private String verdict(Check.Verdict verdict) {
        return switch (verdict) {
            case OK -> console.out(Style.GREEN, "ok  ");
            case WARN -> console.out(Style.YELLOW, "warn");
            case FAIL -> console.out(Style.RED, "FAIL");
        };
    }

    @Override
    public void port(String service, int port, Service.Port bound) {
        print(linked(bound));
    }

    @Override
    public void version(String version, String java) {
        print("devshell " + version);
    }

    String shown(Path path) {
        return path.startsWith(directory) && !path.equals(directory)
                ? directory.relativize(path).toString()
                : path.toString();
    }
}
