package dev.devshell.engine;

import dev.devshell.DevshellException;
import dev.devshell.DevshellException.EngineUnreachable;
import dev.devshell.DevshellException.Failed;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The errors of this package, in one place so that they speak with one voice. */
final class Refusals {
    private static final String START =
            "start Docker (`scripts/engine` installs and starts one on Debian and Ubuntu), or set DOCKER_HOST to an engine"
                    + " that runs";

    private Refusals() {}

    static EngineUnreachable unreachable(EngineAddress address, Throwable cause) {
        return new EngineUnreachable(
                "ENGINE-UNREACHABLE",
                "no container engine answers",
                "tried " + address + ": " + reason(cause),
                START,
                cause);
    }

    static EngineUnreachable lost(EngineAddress address, Throwable cause) {
        return new EngineUnreachable(
                "ENGINE-LOST", "the container engine stopped answering", address + ": " + reason(cause), START, cause);
    }

    static EngineUnreachable tooOld(EngineAddress address, String version, String needed) {
        return new EngineUnreachable(
                "ENGINE-TOO-OLD",
                "the container engine is too old",
                address + " speaks API " + version + "; devshell needs " + needed + " or later (Docker 20.10)",
                "update Docker: https://docs.docker.com/engine/install/",
                null);
    }

    static EngineUnreachable unsupported(EngineAddress address) {
        return new EngineUnreachable(
                "ENGINE-ADDRESS-UNSUPPORTED",
                "devshell does not speak to such an engine yet",
                "tried " + address + "; unix://, tcp:// and ssh:// addresses work",
                "use an engine on a local socket: unset DOCKER_HOST, or `docker context use default`",
                null);
    }

    static EngineUnreachable badSsh(EngineAddress address) {
        return new EngineUnreachable(
                "ENGINE-ADDRESS-INVALID",
                "the container engine's address cannot be read",
                address.source() + " says an ssh:// address that is not of the form ssh://[user@]host[:port][/socket]",
                "give passwords to ssh-agent, and options to ~/.ssh/config",
                null);
    }

    static EngineUnreachable noSsh(EngineAddress address) {
        return new EngineUnreachable(
                "ENGINE-UNREACHABLE",
                "no container engine answers",
                "tried " + address + ": there is no ssh on the PATH",
                "install an ssh client",
                null);
    }

    static EngineUnreachable badTls(EngineAddress address, Path folder, Throwable cause) {
        return new EngineUnreachable(
                "ENGINE-TLS",
                "the certificates for the container engine cannot be used",
                "those in " + folder + " for " + address + ": " + reason(cause),
                "DOCKER_CERT_PATH, or the context, must have ca.pem, cert.pem and key.pem that the engine was set up for",
                cause);
    }

    static EngineUnreachable badAddress(String text, String source, @Nullable Throwable cause) {
        return new EngineUnreachable(
                "ENGINE-ADDRESS-INVALID",
                "the container engine's address cannot be read",
                source + " says " + text + (cause == null ? "" : ": " + reason(cause)),
                "set DOCKER_HOST to an address like unix:///var/run/docker.sock",
                cause);
    }

    static EngineUnreachable unknownContext(String name, String namedBy) {
        return new EngineUnreachable(
                "CONTEXT-UNKNOWN",
                "there is no Docker context \"" + name + "\"",
                "it is named by " + namedBy,
                "`docker context ls` lists those there are; `docker context use default` goes back to the local engine",
                null);
    }

    static Failed noContainer(String id, String message) {
        return new Failed(
                "NO-CONTAINER", "there is no container " + shorten(id), message, "`devshell ps` lists those there are");
    }

    static Failed notRunning(String id, String message) {
        return new Failed(
                "CONTAINER-NOT-RUNNING",
                "the container " + shorten(id) + " does not run",
                message,
                "start it: `devshell up`");
    }

    static Failed readOnly(String id, String path) {
        return new Failed(
                "CONTAINER-READ-ONLY",
                "nothing can be written to " + path + " in the container " + shorten(id),
                "its root file system is read-only",
                "remove `read_only: true` from the service in the Compose file, or set `x-devshell: {sync: off}` for it");
    }

    static Failed refused(String what, int status, String message) {
        return new Failed(
                "ENGINE-REFUSED",
                "the container engine could not " + what,
                message.isEmpty() ? "it answered with status " + status : message,
                "");
    }

    static DevshellException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new DevshellException.Interrupted("interrupted while asking the container engine to " + what);
    }

    static String shorten(String id) {
        return id.length() == 64 ? id.substring(0, 12) : id;
    }

    static String reason(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        String message = root.getMessage();
        return message == null || message.isEmpty() ? root.getClass().getSimpleName() : message;
    }
}
