package dev.devshell.compose;

import dev.devshell.DevshellException;
import dev.devshell.DevshellException.EngineUnreachable;
import dev.devshell.DevshellException.Failed;
import dev.devshell.DevshellException.Usage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * Turns what docker and Compose print when they fail into errors with what, why and next.
 *
 * <p>The rules are tried in order; the texts are those of Compose 2.24 to 2.40 and of the engines 20.10 to 28.
 */
final class ComposeErrors {
    /** The code of what no rule knows. */
    static final String UNEXPLAINED = "COMPOSE-FAILED";

    private static final String START_ENGINE =
            "start Docker (`scripts/engine` installs and starts one on Debian and Ubuntu), or check DOCKER_HOST";

    private static final List<ErrorRule> ENGINE = List.of(
            ErrorRule.of(
                    "permission denied while trying to connect to the Docker daemon.*",
                    (m, c) -> new EngineUnreachable(
                            "ENGINE-DENIED",
                            "you may not talk to the container engine",
                            c.lineAt(m.start()),
                            "join the group docker (`sudo usermod -aG docker $USER`, then log in again), or use sudo",
                            null)),
            ErrorRule.of(
                    "(Cannot connect to the Docker daemon at \\S+\\.|error during connect: .*)",
                    (m, c) -> unreachable(m.group(1))),
            ErrorRule.of(
                    "context \"?([^\":]+)\"?: context not found",
                    (m, c) -> new EngineUnreachable(
                            "CONTEXT-UNKNOWN",
                            "there is no Docker context \"" + m.group(1) + "\"",
                            c.lineAt(m.start()),
                            "`docker context ls` lists those there are; `docker context use default` goes back to the local engine",
                            null)),
            ErrorRule.of(
                    "'compose' is not a docker command|unknown command: docker compose|unknown docker command: \"?compose|unknown shorthand flag: 'f' in -f",
                    (m, c) -> new EngineUnreachable(
                            "COMPOSE-MISSING",
                            "the docker program has no Compose",
                            c.lineAt(m.start()),
                            ComposeVersion.INSTALL,
                            null)),
            ErrorRule.of(
                    "unknown flag: (--\\S+)",
                    (m, c) -> new EngineUnreachable(
                            "COMPOSE-TOO-OLD",
                            "Docker Compose does not know the option " + m.group(1),
                            c.lineAt(m.start()),
                            ComposeVersion.INSTALL,
                            null)),
            ErrorRule.of(
                    ".*no space left on device.*",
                    (m, c) -> new Failed(
                            "DISK-FULL",
                            "the engine's disk is full",
                            m.group().strip(),
                            "make room: `docker system df` shows what takes it, `docker system prune` removes what nothing uses")));

    private static final List<ErrorRule> MODEL = List.of(
            ErrorRule.of(
                    "no configuration file provided: not found",
                    (m, c) -> new Usage(
                            "NO-COMPOSE-FILE",
                            "there is no Compose file here",
                            "looked for compose.yaml and its other names in " + c.directory() + " and above",
                            "change into the project's directory, or name the file: devshell -f FILE")),
            ErrorRule.of(
                    "^(?:open|stat) (.*\\.ya?ml): no such file or directory",
                    (m, c) -> new Usage(
                            "NO-COMPOSE-FILE",
                            "there is no Compose file " + m.group(1),
                            "it was named by -f, by COMPOSE_FILE, or by an include or extends",
                            "check the path")),
            ErrorRule.of(
                    "^couldn't find env file: (.*)|env file (.*) not found",
                    (m, c) -> new Usage(
                            "NO-ENV-FILE",
                            "an environment file is missing",
                            m.group(),
                            "make it (often by copying an example), or remove it from the Compose file")),
            ErrorRule.of(
                    "^(?:.*: )?yaml: ([^\\n]*(?:\\n  line [^\\n]*)*)",
                    (m, c) -> new Failed(
                            "COMPOSE-SYNTAX",
                            "the Compose file is not valid YAML",
                            why(m.group(1), c),
                            "correct it there; tabs and wrong indentation are the usual causes")),
            ErrorRule.of(
                    "^validating (\\S+): (.*)",
                    (m, c) -> invalid(m.group(2), m.group(1) + ": " + m.group(2), "correct it in " + m.group(1))),
            ErrorRule.of(
                    "^error while interpolating (\\S+): required variable (\\S+) is missing a value(?:: (.*))?",
                    (m, c) -> new Usage(
                            "COMPOSE-VARIABLE",
                            "the Compose file needs the variable " + m.group(2),
                            m.group(1) + " has no value without it"
                                    + (m.group(3) == null ? "" : "; it says: " + m.group(3)),
                            "set it in the environment or in .env")),
            ErrorRule.of(
                    "^(?:invalid interpolation format for|error while interpolating) .*(?:\\n.*)?",
                    (m, c) -> invalid(m.group(), m.group(), "escape a dollar sign as $$")),
            ErrorRule.of(
                    "^(.*): invalid compose project",
                    (m, c) -> invalid(m.group(1), m.group(1), "correct it in the Compose file")),
            ErrorRule.of(
                    "^(services\\.\\S+ .*|.*Additional property .* is not allowed|.* must be a .*)$",
                    (m, c) -> invalid(m.group(1), m.group(1), "correct it in the Compose file")),
            ErrorRule.of(
                    "no such service: \"?([^\"\\s]+)\"?",
                    (m, c) -> UnknownService.named(m.group(1), c.services().get())),
            ErrorRule.of("service \"([^\"]+)\" is not running", (m, c) -> notRunning(m.group(1), c)));

    private static final List<ErrorRule> BUILD = List.of(
            ErrorRule.of(
                    "(?:failed to solve|dockerfile parse error).*?((?:dockerfile )?parse error on line (\\d+): .*)",
                    (m, c) -> new Failed(
                            "DOCKERFILE-SYNTAX",
                            "a Dockerfile cannot be read",
                            BuildFailure.service(c.text()) + m.group(1),
                            "correct it at line " + m.group(2))),
            ErrorRule.of(
                    "failed to read dockerfile: (.*)",
                    (m, c) -> new Failed(
                            "NO-DOCKERFILE",
                            "a Dockerfile is missing",
                            BuildFailure.service(c.text()) + m.group(1),
                            "make it, or correct build.dockerfile in the Compose file")),
            ErrorRule.of(
                    "failed to solve: (\\S+): failed to (?:resolve source metadata|authorize).*",
                    (m, c) -> imageMissing(m.group(1), m.group())),
            ErrorRule.of("failed to solve: .*", (m, c) -> buildFailed(m.group(), c)),
            ErrorRule.of("ERROR: .*|.*(?:build failed|failed to build).*", (m, c) -> buildFailed(m.group(), c)));

    private static final List<ErrorRule> RUN = List.of(
            ErrorRule.of(
                    "listen \\w+ \\S*?:(\\d+): bind: address already in use|Bind for \\S*?:(\\d+) failed: port is already allocated"
                            + "|exposing port TCP \\S*?:(\\d+) -> .*|all ports are allocated",
                    (m, c) -> portInUse(c.lineAt(m.start()), m.group(1), m.group(2), m.group(3))),
            ErrorRule.of("No such image: (\\S+)", (m, c) -> imageMissing(m.group(1), c.lineAt(m.start()))),
            ErrorRule.of(
                    "(?:pull access denied for|manifest for) ([^\\s,]+)",
                    (m, c) -> imageMissing(m.group(1), c.lineAt(m.start()))),
            ErrorRule.of(
                    "^ *(\\S+) Error (.*)\\n(?:.*\\n)*?Error response from daemon: .*",
                    (m, c) -> imageMissing("of the service " + m.group(1), m.group(2))),
            ErrorRule.of(
                    "The container name \"/?([^\"]+)\" is already in use",
                    (m, c) -> new Failed(
                            "NAME-IN-USE",
                            "another container has the name " + m.group(1),
                            c.lineAt(m.start()),
                            "remove it (`docker rm -f " + m.group(1)
                                    + "`), or change container_name in the Compose file")),
            ErrorRule.of(
                    "(?:external (?:volume|network) \"([^\"]+)\" not found|(?:network|volume) (\\S+) declared as external, but could not be found).*",
                    (m, c) -> new Failed(
                            "EXTERNAL-MISSING",
                            "something that the Compose file calls external is not there",
                            m.group(),
                            "create it, as another project or `docker network create` / `docker volume create` would")),
            ErrorRule.of(
                    "failed to create (?:shim )?task.*|OCI runtime create failed: .*",
                    (m, c) -> new Failed(
                            "SERVICE-NOT-STARTED",
                            "a service's command cannot be started",
                            m.group().replaceFirst(".*container process: ", ""),
                            "correct command or entrypoint in the Compose file or the Dockerfile")));

    private ComposeErrors() {}

    static DevshellException tell(Complaint complaint) {
        return Stream.of(ENGINE, MODEL, BUILD, RUN)
                .flatMap(List::stream)
                .flatMap(rule -> rule.apply(complaint).stream())
                .findFirst()
                .orElseGet(() -> new Failed(
                        UNEXPLAINED, "docker compose " + complaint.command() + " failed", complaint.tail(6), ""));
    }

    private static DevshellException unreachable(String why) {
        return new EngineUnreachable("ENGINE-UNREACHABLE", "no container engine answers", why, START_ENGINE, null);
    }

    private static DevshellException invalid(String what, String why, String next) {
        return new Failed("COMPOSE-INVALID", "the Compose file is not valid: " + what.strip(), why.strip(), next);
    }

    private static String why(String message, Complaint complaint) {
        String flat = message.strip().replaceAll("\\s*\\n\\s*", " ");
        return SyntaxLocator.locate(complaint.files())
                .map(place -> place.replaceFirst("\n", Matcher.quoteReplacement(": " + unplaced(flat) + "\n")))
                .orElse(flat);
    }

    /** Compose counts lines from elsewhere at times; ours are those that an editor shows. */
    private static String unplaced(String message) {
        return message.replaceFirst("^line \\d+: ", "");
    }

    private static DevshellException notRunning(String service, Complaint complaint) {
        var services = complaint.services().get();
        if (!services.isEmpty() && !services.contains(service)) {
            return UnknownService.named(service, services);
        }
        return new Failed(
                "SERVICE-NOT-RUNNING",
                "the service \"" + service + "\" does not run",
                "it has no running container",
                "start it: `devshell up " + service + "`");
    }

    private static DevshellException buildFailed(String reason, Complaint complaint) {
        return new Failed(
                "BUILD-FAILED",
                BuildFailure.step(complaint.text()),
                BuildFailure.output(complaint.text(), reason),
                "correct that step and run the command again");
    }

    private static DevshellException imageMissing(String image, String why) {
        return new Failed(
                "IMAGE-MISSING",
                "the image " + image + " is not there",
                why,
                "check its name and the registry; an image that the project builds: `devshell rebuild`");
    }

    private static DevshellException portInUse(String why, String... ports) {
        String port =
                Stream.of(ports).filter(java.util.Objects::nonNull).findFirst().orElse("");
        String what = port.isEmpty() ? "a published port is in use" : "port " + port + " is in use";
        String next = port.isEmpty()
                ? "publish another one in the Compose file"
                : "stop what listens there (`ss -ltnp 'sport = :" + port
                        + "'` and `docker ps` name it), or publish another port in the Compose file";
        return new Failed("PORT-IN-USE", what, why, next);
    }
}
