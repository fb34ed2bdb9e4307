package dev.devshell.sync;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The agent for one architecture, as packed with devshell.
 *
 * @param build its SHA-256 in hexadecimal digits
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its build
public record AgentBinary(String build, byte[] bytes) {
    /** The agent's own directory in a container. */
    public static final String HOME = "/.devshell";

    /** Where in a container the agent stages. */
    public static final String STAGE = HOME + "/stage";

    /**
     * Returns the agent for an architecture in the engine's words ({@code amd64}, {@code arm64}).
     *
     * @throws DevshellException.Failed {@code NO-AGENT} where there is none
     */
    public static AgentBinary of(String architecture) {
        String name = "/dev/devshell/agent/linux-" + architecture + "/agent";
        try (InputStream in = AgentBinary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new DevshellException.Failed(
                        "NO-AGENT",
                        "containers for " + architecture + " cannot be synced",
                        "devshell has an agent for amd64 and arm64 only",
                        "build the image for one of these: platform: linux/amd64");
            }
            byte[] bytes = in.readAllBytes();
            return new AgentBinary(
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)),
                    bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("devshell's own jar cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns the file name it has in the container. */
    public String fileName() {
        return "agent-" + build.substring(0, 16);
    }
}
