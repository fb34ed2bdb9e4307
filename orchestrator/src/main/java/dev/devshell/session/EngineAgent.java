package dev.devshell.session;

import dev.devshell.DevshellException;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.engine.FileUpload;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.AgentStarter;
import dev.devshell.sync.AgentStream;
import dev.devshell.sync.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the agent into a container through the engine, and starts it with one exec. */
public final class EngineAgent implements AgentStarter {
    private static final Logger LOG = LoggerFactory.getLogger(EngineAgent.class);
    /** What may pass: the container is about to start again, or is gone and will be detached. */
    private static final Set<String> PASSING = Set.of("NO-CONTAINER", "CONTAINER-NOT-RUNNING");

    private static final int EXECUTABLE = 0755;

    private final Engine engine;
    private final String containerId;
    private final String name;
    private final AgentBinary binary;
    private boolean uploaded;

    /**
     * @param name tells people which container the agent's messages are from
     */
    public EngineAgent(Engine engine, String containerId, String name, AgentBinary binary) {
        this.engine = engine;
        this.containerId = containerId;
        this.name = name;
        this.binary = binary;
    }

    @Override
    public synchronized AgentStream start() throws IOException {
        try {
            if (!uploaded) {
                engine.upload(containerId, AgentBinary.HOME, binary.fileName(), binary.bytes(), EXECUTABLE);
                uploaded = true;
            }
            ExecSpec spec = ExecSpec.asRoot(AgentBinary.HOME + "/" + binary.fileName());
            return new Stream(
                    engine.exec(containerId, spec, line -> LOG.info("agent in {}: {}", name, line)),
                    engine,
                    containerId);
        } catch (DevshellException.EngineUnreachable e) {
            throw new IOException(e.what() + ": " + e.why(), e);
        } catch (DevshellException.Failed e) {
            uploaded = false;
            if (PASSING.contains(e.code())) {
                throw new IOException(e.what() + ": " + e.why(), e);
            }
            throw e;
        }
    }

    private record Stream(ExecStream exec, Engine engine, String containerId) implements AgentStream {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return exec.read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            exec.write(bytes);
        }

        @Override
        public Optional<Upload> upload(String name, long size) throws IOException {
            return engine.upload(containerId, AgentBinary.STAGE, name, size).map(Beside::new);
        }

        @Override
        public void close() {
            exec.close();
        }
    }

    private record Beside(FileUpload file) implements Upload {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void finish() throws IOException {
            file.finish();
        }

        @Override
        public void giveUp() throws IOException {
            file.giveUp();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
