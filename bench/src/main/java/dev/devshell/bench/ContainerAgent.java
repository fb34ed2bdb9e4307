package dev.devshell.bench;

import dev.devshell.engine.Container;
import dev.devshell.engine.Engine;
import dev.devshell.engine.ExecSpec;
import dev.devshell.engine.ExecStream;
import dev.devshell.sync.AgentBinary;
import dev.devshell.sync.AgentStarter;
import dev.devshell.sync.AgentStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Puts the agent into a container that is known to run. */
record ContainerAgent(Engine engine, String container) implements AgentStarter {
    private static final int EXECUTABLE = 0755;

    @Override
    public AgentStream start() throws IOException {
        String architecture = engine.container(container)
                .map(Container::architecture)
                .orElseThrow(() -> new IOException(container + " is gone"));
        AgentBinary agent = AgentBinary.of(architecture);
        engine.upload(container, AgentBinary.HOME, agent.fileName(), agent.bytes(), EXECUTABLE);
        ExecSpec spec = ExecSpec.asRoot(AgentBinary.HOME + "/" + agent.fileName());
        return new Stream(engine.exec(container, spec, line -> System.err.println("agent: " + line)));
    }

    private record Stream(ExecStream exec) implements AgentStream {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return exec.read(into);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            exec.write(bytes);
        }

        @Override
        public void close() {
            exec.close();
        }
    }
}
