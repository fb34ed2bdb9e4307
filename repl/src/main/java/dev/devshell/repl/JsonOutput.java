package dev.devshell.repl;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devshell.Notice;
import dev.devshell.Service;
import dev.devshell.Sync;
import dev.devshell.SyncStatus;
import dev.devshell.session.ServicePlan;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** One JSON object a line, each with the schema's version; fields are added, never changed. */
final class JsonOutput implements Output {
    private static final int SCHEMA = 1;

    private final PrintStream out;

    JsonOutput(PrintStream out) {
        this.out = out;
    }

    /** Returns a line's object, to be filled. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode().put("schema", SCHEMA);
    }

    private void print(ObjectNode line) {
        out.println(line);
    }

    @Override
    public void services(List<Service> services) {
        for (Service service : services) {
            ObjectNode line = object().put("service", service.name()).put("state", word(service.condition()));
            service.waitsFor().forEach(line.putArray("waitsFor")::add);
            ArrayNode containers = line.putArray("containers");
            service.containers().forEach(instance -> instance(containers.addObject(), instance));
            print(line);
        }
    }

    private static void instance(ObjectNode node, Service.Instance instance) {
        node.put("id", instance.containerId())
                .put("name", instance.name())
                .put("number", instance.number())
                .put("oneOff", instance.oneOff())
                .put("state", word(instance.condition()))
                .put("exitCode", instance.exitCode())
                .put("since", instance.since())
                .put("detail", instance.detail());
        ArrayNode ports = node.putArray("ports");
        instance.ports().forEach(port -> port(ports.addObject(), port));
    }

    private static ObjectNode port(ObjectNode node, Service.Port port) {
        return node.put("container", port.container())
                .put("protocol", port.protocol())
                .put("hostIp", port.hostIp())
                .put("host", port.host());
    }

    @Override
    public void status(SyncStatus status) {
        ObjectNode line = object().put("paused", status.paused()).put("settled", status.settled());
        ArrayNode replicas = line.putArray("replicas");
        for (SyncStatus.Replica replica : status.replicas()) {
            ObjectNode node = replicas.addObject()
                    .put("service", replica.service())
                    .put("number", replica.number())
                    .put("containerId", replica.containerId())
                    .put("state", word(replica.state()))
                    .put("files", replica.files())
                    .put("waiting", replica.waiting())
                    .put("conflicts", replica.conflicts())
                    .put("detail", replica.detail());
            flow(node.putObject("toContainer"), replica.toContainer());
            flow(node.putObject("toHost"), replica.toHost());
            ArrayNode waits = node.putArray("waits");
            replica.waits()
                    .forEach(wait -> waits.addObject()
                            .put("path", wait.path().toString())
                            .put("why", wait.why()));
            ArrayNode errors = node.putArray("errors");
            replica.errors()
                    .forEach(error ->
                            errors.addObject().put("when", error.when()).put("message", error.message()));
        }
        ArrayNode problems = line.putArray("problems");
        for (SyncStatus.Problem problem : status.problems()) {
            problems.addObject()
                    .put("service", problem.service())
                    .put("path", problem.path().toString())
                    .put("message", problem.message());
        }
        ArrayNode notices = line.putArray("notices");
        status.notices().forEach(notice -> notice(notices.addObject(), notice));
        line.putObject("watches")
                .put("used", status.watches().used())
                .put("limit", status.watches().limit())
                .put("polled", status.watches().polled());
        print(line);
    }

    private static void flow(ObjectNode node, SyncStatus.Flow flow) {
        node.put("edits", flow.edits()).put("bytes", flow.bytes()).put("bytesPerSecond", flow.bytesPerSecond());
        timing(node.putObject("edit"), flow.edit());
        timing(node.putObject("decide"), flow.decide());
        timing(node.putObject("write"), flow.write());
    }

    private static void timing(ObjectNode node, SyncStatus.Timing timing) {
        node.put("p50Millis", timing.p50Millis()).put("p95Millis", timing.p95Millis());
    }

    static ObjectNode notice(ObjectNode node, Notice notice) {
        node.put("code", notice.code())
                .put("service", notice.service())
                .put("what", notice.what())
                .put("why", notice.why())
                .put("next", notice.next());
        ArrayNode paths = node.putArray("paths");
        notice.paths().forEach(path -> paths.add(path.toString()));
        return node;
    }

    @Override
    public void plan(ServicePlan plan) {
        ObjectNode line = object().put("service", plan.service())
                .put("dockerfile", plan.dockerfile())
                .put("stage", plan.stage())
                .put("policy", plan.sync().policy().name().toLowerCase(java.util.Locale.ROOT));
        ArrayNode mappings = line.putArray("mappings");
        for (ServicePlan.Mapping mapping : plan.mappings()) {
            mappings.addObject()
                    .put("line", mapping.line())
                    .put("origin", mapping.origin())
                    .put("stage", mapping.stage())
                    .put("host", mapping.host())
                    .put("container", mapping.container())
                    .put("directory", mapping.directory())
                    .put("rebuilds", mapping.rebuilds());
        }
        ArrayNode left = line.putArray("leftOut");
        plan.leftOut()
                .forEach(out -> left.addObject()
                        .put("line", out.line())
                        .put("origin", out.origin())
                        .put("reason", out.reason()));
        ArrayNode holes = line.putArray("holes");
        plan.holes()
                .forEach(hole ->
                        holes.addObject().put("container", hole.container()).put("mount", hole.mount()));
        plan.notes().forEach(line.putArray("notes")::add);
        print(line);
    }

    @Override
    public void plannedFile(String service, ServicePlan.PlannedFile file) {
        print(object().put("service", service)
                .put("host", file.host())
                .put("container", file.container())
                .put("line", file.line()));
    }

    @Override
    public void conflicts(List<Sync.Conflict> conflicts) {
        for (Sync.Conflict conflict : conflicts) {
            print(object().put("path", conflict.path().toString())
                    .put("service", conflict.service())
                    .put("number", conflict.number())
                    .put("containerPath", conflict.containerPath())
                    .put("host", conflict.host())
                    .put("container", conflict.container()));
        }
    }

    @Override
    public void versions(List<Sync.Version> versions) {
        for (Sync.Version version : versions) {
            print(object().put("id", version.id())
                    .put("path", version.path().toString())
                    .put("side", version.side())
                    .put("service", version.service())
                    .put("reason", version.reason())
                    .put("kind", version.kind())
                    .put("size", version.size())
                    .put("when", version.when()));
        }
    }

    @Override
    public void explanation(Sync.Explanation explanation) {
        ObjectNode line = object().put("path", explanation.path().toString());
        ArrayNode facts = line.putArray("facts");
        explanation
                .facts()
                .forEach(fact -> facts.addObject().put("name", fact.name()).put("value", fact.value()));
        print(line);
    }

    @Override
    public void checks(List<Check> checks) {
        for (Check check : checks) {
            print(object().put("check", check.name())
                    .put("verdict", word(check.verdict()))
                    .put("found", check.found())
                    .put("remedy", check.remedy()));
        }
    }

    @Override
    public void port(String service, int port, Service.Port bound) {
        print(port(object().put("service", service), bound));
    }

    @Override
    public void version(String version, String java) {
        print(object().put("version", version).put("java", java));
    }

    void logs(List<LogLine> lines) {
        for (LogLine line : lines) {
            ObjectNode object = object().put("service", line.entry().service())
                    .put("source", line.entry().source())
                    .put("container", line.entry().containerId())
                    .put("time", line.entry().time().toString());
            line.level().ifPresent(level -> object.put("level", word(level)));
            print(object.put("text", line.entry().text()));
        }
        out.flush();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
