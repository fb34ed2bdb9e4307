package dev.devshell.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An engine on a machine that is reached by {@code ssh}: as the docker CLI does it, a connection is an {@code ssh} that runs
 * {@code docker system dial-stdio} over there. Keys, agents, aliases and multiplexing are what the user's ssh says they are.
 *
 * @param ssh the program, and what it is started by
 * @param destination the options and the host, as ssh takes them
 * @param remote the command over there
 * @param name the host's name in the address, which may be an alias
 */
record SshDial(List<String> ssh, List<String> destination, List<String> remote, String name) implements Dial {
    private static final List<String> OPTIONS =
            List.of("-T", "-o", "ConnectTimeout=30", "-o", "ServerAliveInterval=10", "-o", "ServerAliveCountMax=3");

    static SshDial to(EngineAddress address, Map<String, String> env) {
        URI uri = address.uri();
        Authority authority = Authority.of(uri).orElseThrow(() -> Refusals.badSsh(address));
        String path = Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/$", "");
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw Refusals.badSsh(address);
        }
        List<String> destination = new ArrayList<>();
        if (!authority.user().isEmpty()) {
            destination.addAll(List.of("-l", authority.user()));
        }
        authority.port().ifPresent(port -> destination.addAll(List.of("-p", String.valueOf(port))));
        destination.addAll(List.of("--", authority.host()));
        List<String> remote = new ArrayList<>(List.of("docker"));
        if (!path.isEmpty()) {
            remote.addAll(List.of("--host", "unix://" + path));
        }
        remote.addAll(List.of("system", "dial-stdio"));
        Programs programs = new Programs(env);
        Path ssh = programs.find("ssh").orElseThrow(() -> Refusals.noSsh(address));
        return new SshDial(List.of(ssh.toString()), List.copyOf(destination), List.copyOf(remote), authority.host())
                .apart(programs);
    }

    /** Without a session of its own it would get the terminal's Ctrl-C, and end before what is to be said last. */
    private SshDial apart(Programs programs) {
        return programs.find("setsid")
                .map(setsid -> new SshDial(List.of(setsid.toString(), ssh.get(0)), destination, remote, name))
                .orElse(this);
    }

    @Override
    public Link open() throws IOException {
        List<String> command = new ArrayList<>(ssh);
        command.addAll(OPTIONS);
        command.addAll(destination);
        command.addAll(remote);
        return new SshLink(new ProcessBuilder(command).start());
    }

    /** Asks ssh what its configuration makes of the name; the name itself where it does not say. */
    @Override
    public String host() {
        List<String> command = new ArrayList<>(ssh);
        command.add("-G");
        command.addAll(destination);
        try {
            Process child = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            child.getOutputStream().close();
            String answer = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines()
                    .filter(line -> line.startsWith("hostname "))
                    .map(line -> line.substring("hostname ".length()).strip())
                    .findFirst()
                    .orElse(name);
        } catch (IOException e) {
            return name;
        }
    }

    /** The streams of an ssh, and what it complains of. */
    private static final class SshLink extends StreamLink {
        private final Process child;
        private final LastWords complaints;

        SshLink(Process child) {
            super(child.getInputStream(), child.getOutputStream());
            this.child = child;
            this.complaints = LastWords.of(child.getErrorStream());
        }

        @Override
        void ended() throws IOException {
            try {
                if (child.waitFor(1, TimeUnit.SECONDS) && child.exitValue() != 0) {
                    throw new IOException("ssh ended with " + child.exitValue() + complaints.told());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void write(ByteBuffer... buffers) throws IOException {
            try {
                super.write(buffers);
            } catch (IOException e) {
                ended();
                throw e;
            }
        }

        @Override
        public void endOutput() throws IOException {
            child.getOutputStream().close();
        }

        /** Its pipes end with it, which wakes whoever reads or writes them. */
        @Override
        void release() {
            child.destroyForcibly();
        }
    }
}
