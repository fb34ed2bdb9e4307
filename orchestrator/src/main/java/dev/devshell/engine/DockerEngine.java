package dev.devshell.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The engine behind an {@link Api}. */
final class DockerEngine implements Engine {
    private static final Comparator<Container> BY_SERVICE = Comparator.comparing(Container::service)
            .thenComparingInt(Container::number)
            .thenComparing(Container::id);

    private final Api api;
    private final EngineInfo info;
    /** By image id, which names a content that never changes. */
    private final Map<String, String> architectures = new ConcurrentHashMap<>();

    private DockerEngine(Api api, EngineInfo info) {
        this.api = api;
        this.info = info;
    }

    static DockerEngine connect(EngineAddress address, Map<String, String> env) {
        Api api = Api.connect(address, env);
        JsonNode version = api.get("tell its version", "/version");
        return new DockerEngine(
                api,
                new EngineInfo(
                        address.uri().toString(),
                        api.dial().host(),
                        version.path("Version").asText(),
                        api.version(),
                        version.path("Os").asText(),
                        version.path("Arch").asText()));
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public List<Container> containers(String project) {
        String filters = Api.filters(Map.of("label", List.of(ContainerReader.PROJECT + "=" + project)));
        JsonNode list = answered(() -> api.get("list containers", "/containers/json?all=true&filters=" + filters));
        List<Container> containers = new ArrayList<>();
        for (JsonNode entry : list) {
            // It may have been removed since it was listed.
            container(entry.path("Id").asText()).ifPresent(containers::add);
        }
        containers.sort(BY_SERVICE);
        return containers;
    }

    @Override
    public Optional<Container> container(String id) {
        return answered(() -> api.find("inspect a container", "/containers/" + Api.escape(id) + "/json"))
                .map(node -> ContainerReader.container(
                        node, architecture(node.path("Image").asText())));
    }

    private String architecture(String imageId) {
        String known = architectures.get(imageId);
        if (known != null) {
            return known;
        }
        // A container can outlive its image; the engine's own architecture is then the best guess.
        String found = image(imageId).map(ImageFacts::architecture).orElse(info.architecture());
        architectures.put(imageId, found);
        return found;
    }

    @Override
    public Optional<ImageFacts> image(String nameOrId) {
        // A name keeps its slashes and its colon.
        String name = Api.escape(nameOrId).replace("%2F", "/").replace("%3A", ":");
        return answered(() -> api.find("inspect an image", "/images/" + name + "/json"))
                .map(ContainerReader::image);
    }

    @Override
    public Closeable events(String project, Consumer<ContainerEvent> consumer) {
        return answered(() -> EventStream.open(api, project, consumer));
    }

    @Override
    public void upload(String containerId, String directory, String fileName, byte[] content, int mode) {
        about(containerId, directory + "/" + fileName, () -> {
            Destination to = destination(containerId, directory);
            Tar tar = new Tar(content.length);
            to.missing().forEach(dir -> tar.directory(dir, 0755));
            byte[] archive = tar.file(to.inside(fileName), mode, content).bytes();
            api.put(
                    "write " + directory + "/" + fileName + " into a container",
                    archive(containerId, to.existing()),
                    new ByteArrayInputStream(archive));
            return archive.length;
        });
    }

    @Override
    public Optional<FileUpload> upload(String containerId, String directory, String fileName, long size)
            throws IOException {
        if (!(api.dial() instanceof Dial.Unix here)) {
            return Optional.empty();
        }
        String path = "/v" + api.version() + archive(containerId, directory);
        return Optional.of(ArchiveUpload.begin(here, path, fileName, size));
    }

    /**
     * Finds the deepest folder that is there, which may be on a volume even where the root is read-only. Those above it are not
     * named in the archive: an entry for a folder that exists would change its mode and owner.
     */
    private Destination destination(String containerId, String directory) {
        Destination to = Destination.of(directory);
        while (!to.existing().equals("/")
                && !api.exists("look into a container", archive(containerId, to.existing()))) {
            to = to.above();
        }
        return to;
    }

    private static String archive(String containerId, String path) {
        return "/containers/" + Api.escape(containerId) + "/archive?path=" + Api.escape(path);
    }

    @Override
    public InputStream download(String containerId, String path) {
        return about(containerId, path, () -> {
            Response answer = api.open("read " + path + " from a container", archive(containerId, path));
            return new ResponseBody(answer);
        });
    }

    @Override
    public LogReader logs(String containerId, LogRange range) {
        return about(containerId, "/", () -> {
            String path = "/containers/" + Api.escape(containerId);
            JsonNode container = api.find("inspect a container", path + "/json")
                    .orElseThrow(() -> Refusals.noContainer(containerId, "it was removed"));
            Response answer = api.open("read a container's log", path + "/logs?" + range.query());
            LogFrames frames = new LogFrames(
                    new BufferedInputStream(answer.getBody(), 1 << 16),
                    !container.path("Config").path("Tty").asBoolean());
            return new OpenLog(answer, frames);
        });
    }

    @Override
    public List<FileChange> diff(String containerId) {
        JsonNode changes = about(
                containerId,
                "/",
                () -> api.get(
                        "compare a container with its image", "/containers/" + Api.escape(containerId) + "/changes"));
        List<FileChange> result = new ArrayList<>();
        for (JsonNode change : changes) {
            result.add(new FileChange(
                    FileChange.Kind.of(change.path("Kind").asInt()),
                    change.path("Path").asText()));
        }
        return result;
    }

    @Override
    public ExecStream exec(String containerId, ExecSpec spec, Consumer<String> stderr) {
        try {
            String id = about(containerId, "/", () -> create(containerId, spec));
            String start = "/v" + api.version() + "/exec/" + id + "/start";
            return UpgradedExec.start(api.dial(), start, stderr, () -> exitCode(id));
        } catch (IOException e) {
            throw Thread.currentThread().isInterrupted()
                    ? Refusals.interrupted("start a command")
                    : Refusals.refused("start " + spec.command().get(0), 0, Refusals.reason(e));
        }
    }

    private String create(String containerId, ExecSpec spec) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        spec.command().forEach(body.putArray("Cmd")::add);
        spec.env().forEach((name, value) -> body.withArray("Env").add(name + "=" + value));
        body.put("User", spec.user());
        spec.workingDir().ifPresent(dir -> body.put("WorkingDir", dir));
        body.put("AttachStdin", true).put("AttachStdout", true).put("AttachStderr", true);
        return api.post("prepare a command", "/containers/" + Api.escape(containerId) + "/exec", body)
                .path("Id")
                .asText();
    }

    private OptionalInt exitCode(String execId) {
        return answered(() -> api.find("inspect a command", "/exec/" + execId + "/json"))
                .filter(node -> !node.path("Running").asBoolean())
                .map(node -> OptionalInt.of(node.path("ExitCode").asInt()))
                .orElse(OptionalInt.empty());
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiRefusal e) {
            throw e.told();
        }
    }

    private static <T> T about(String containerId, String path, Supplier<T> call) {
        try {
            return call.get();
        } catch (ApiRefusal e) {
            String message = e.message().toLowerCase(Locale.ROOT);
            if (message.contains("read-only")) {
                throw Refusals.readOnly(containerId, path);
            }
            if (message.contains("no such container")) {
                throw Refusals.noContainer(containerId, e.message());
            }
            if (e.status() == 409) {
                throw Refusals.notRunning(containerId, e.message());
            }
            throw e.told();
        }
    }

    @Override
    public void close() {
        api.close();
    }

    /** A log that ends with the engine's answer. */
    private record OpenLog(Response answer, LogFrames frames) implements LogReader {
        @Override
        public Optional<LoggedLine> next() throws IOException {
            return frames.next();
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    /** Ends the answer with its body. */
    private static final class ResponseBody extends java.io.FilterInputStream {
        private final Response answer;

        ResponseBody(Response answer) {
            super(answer.getBody());
            this.answer = answer;
        }

        @Override
        public void close() {
            answer.close();
        }
    }
}
