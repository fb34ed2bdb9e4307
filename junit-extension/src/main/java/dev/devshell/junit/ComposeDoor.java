package dev.devshell.junit;

import dev.devshell.DevSession;
import dev.devshell.DevshellException;
import dev.devshell.compose.ComposeOptions;
import dev.devshell.session.FreshProject;
import dev.devshell.session.ProjectAccess;
import dev.devshell.session.Strays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens real projects. */
final class ComposeDoor implements Door {
    private static final Logger LOG = LoggerFactory.getLogger(ComposeDoor.class);

    @Override
    public OpenProject open(ProjectKey key) {
        ComposeOptions options = key.options();
        sweep(options.environment(), key.mode());
        if (key.mode() == Mode.FRESH) {
            return fresh(options);
        }
        ProjectAccess access = new ProjectAccess(options);
        try {
            Guests guests = Guests.arrive(access.place().create().state());
            try {
                return new LiveProject(access, session(access, key.mode()), Takedown.ofWhatWasStarted(access), guests);
            } catch (RuntimeException e) {
                guests.close();
                throw e;
            }
        } catch (RuntimeException e) {
            access.close();
            throw e;
        }
    }

    private static DevSession session(ProjectAccess access, Mode mode) {
        Optional<DevSession> live = access.find();
        if (live.isEmpty() && mode == Mode.ATTACH) {
            throw noSession(access);
        }
        return live.orElseGet(access::begin);
    }

    private static OpenProject fresh(ComposeOptions options) {
        FreshProject fresh = FreshProject.of(options);
        ProjectAccess access = new ProjectAccess(fresh.options());
        try {
            Guests guests = Guests.arrive(access.place().state());
            return new LiveProject(access, access.begin(), Takedown.of(fresh), guests);
        } catch (RuntimeException e) {
            access.close();
            fresh.close();
            throw e;
        }
    }

    private static DevshellException noSession(ProjectAccess access) {
        return new DevshellException.Failed(
                "NO-SESSION",
                "there is no session of " + access.config().name() + " to attach to",
                "the tests ask for mode ATTACH, and " + access.config().directory() + " is not running under devshell",
                "devshell up -d, or mode AUTO, which boots it");
    }

    /** What killed runs left; asking the engine takes a while, so only where much longer things are done. */
    private static void sweep(Map<String, String> env, Mode mode) {
        Strays strays = new Strays(env);
        List<String> found = mode == Mode.FRESH ? strays.all() : strays.recorded();
        if (!found.isEmpty()) {
            LOG.info("removing what killed test runs left: {}", found);
            strays.remove(found);
        }
    }
}
