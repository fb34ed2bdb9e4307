package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** Unison as Debian packages it, which is without a watcher: it looks every second. */
record Unison() implements Program {
    @Override
    public String title() {
        return "unison -repeat 1";
    }

    @Override
    public boolean goesBack() {
        return true;
    }

    @Override
    public boolean syncsFirst() {
        return true;
    }

    @Override
    public Running prepare(Site site) throws IOException {
        // It knows ssh only, and gives it options, a host, and the command for the other end.
        Path ssh = site.project().resolve("ssh");
        Files.writeString(ssh, """
                #!/bin/sh
                while [ $# -gt 0 ] && [ "${1%%%% *}" != unison ]; do shift; done
                exec docker exec -i %s sh -c "$*"
                """.formatted(site.container()));
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment =
                Map.of("UNISON", site.project().resolve("unison").toString());
        List<String> command = List.of(
                "unison",
                site.tree().toString(),
                "ssh://container//app",
                "-ui=text",
                "-sshcmd",
                ssh.toString(),
                "-batch",
                "-auto",
                "-confirmbigdel=false",
                "-prefer",
                "newer",
                "-repeat",
                "1");
        return new Spawned(site, environment, command);
    }
}
