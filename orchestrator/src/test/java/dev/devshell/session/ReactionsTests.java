package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import dev.devshell.compose.WatchRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactionsTests {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final Notices notices = new Notices();
    private boolean stale = true;
    private boolean breaks;
    private final Reactions reactions = new Reactions(new FakeLife(), notices, Duration.ofMillis(30));

    private final class FakeLife implements Life {
        @Override
        public void flush() {
            done.add("flush");
        }

        @Override
        public boolean isStale(String service) {
            return stale;
        }

        @Override
        public void rebuild(String service) {
            done.add("rebuild " + service);
            if (breaks) {
                throw new DevshellException.Failed("BUILD-FAILED", "it does not build", "step 3", "correct it");
            }
        }

        @Override
        public void restart(String service) {
            done.add("restart " + service);
        }

        @Override
        public void exec(String service, WatchRule rule) {
            done.add("exec " + service + " " + rule.exec().command());
        }
    }

    private static WatchRule rule(WatchRule.Action action) {
        WatchRule.Exec exec = action == WatchRule.Action.SYNC_EXEC
                ? new WatchRule.Exec(List.of("reload"), "", "", java.util.Map.of())
                : WatchRule.Exec.NONE;
        return new WatchRule(action, Path.of("/p"), Optional.of("/app"), List.of(), List.of(), false, exec);
    }

    @AfterEach
    void close() {
        reactions.close();
    }

    @Test
    void actsOnceForManyChangesAfterTheyHaveArrived() {
        for (int i = 0; i < 20; i++) {
            reactions.take("web", rule(WatchRule.Action.SYNC_RESTART));
            reactions.take("web", rule(WatchRule.Action.SYNC_EXEC));
        }

        await().until(() -> done.size() == 3);

        assertThat(done).containsExactly("flush", "restart web", "exec web [reload]");
    }

    @Test
    void doesNotRestartWhatItRebuilds() {
        reactions.take("web", rule(WatchRule.Action.REBUILD));
        reactions.take("web", rule(WatchRule.Action.RESTART));
        reactions.take("web", rule(WatchRule.Action.SYNC_EXEC));
        reactions.take("db", rule(WatchRule.Action.RESTART));

        await().until(() -> done.size() == 3);

        assertThat(done).containsExactly("flush", "rebuild web", "restart db");
    }

    @Test
    void leavesAnImageAloneThatIsNotStaleAnyMore() {
        stale = false;
        reactions.rebuildStale("web");
        reactions.take("db", rule(WatchRule.Action.RESTART));

        await().until(() -> done.contains("restart db"));

        assertThat(done).doesNotContain("rebuild web");
    }

    @Test
    void saysThatABuildFailedUntilOneSucceeds() {
        breaks = true;
        reactions.rebuildStale("web");
        await().until(() -> !notices.standing().isEmpty());

        assertThat(notices.standing()).extracting(Notice::code).containsExactly("REBUILD-FAILED");
        assertThat(notices.standing().get(0).what()).contains("its old container runs on");
        assertThat(notices.standing().get(0).why()).contains("step 3");
        assertThat(done).containsOnlyOnce("rebuild web");

        breaks = false;
        reactions.rebuildStale("web");
        await().until(() -> notices.standing().isEmpty());
    }
}
