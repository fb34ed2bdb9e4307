package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.devshell.DevshellException;
import dev.devshell.Notice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticesTests {
    private final Notices notices = new Notices();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private static Notice notice(String what) {
        return new Notice("CODE", "web", what, "", "", List.of());
    }

    private Thread follower() {
        Thread thread = new Thread(() -> notices.follow(notice -> heard.add(notice.what())));
        thread.start();
        return thread;
    }

    @Test
    void tellsWhatStandsThenWhatHappensEachOnce() throws Exception {
        notices.stands("a", notice("stands"));
        Thread follower = follower();
        await().until(() -> heard.size() == 1);

        notices.stands("a", notice("stands"));
        notices.revise("a", notice("stands, in other words"));
        notices.tell(notice("happened"));
        notices.close();
        follower.join(10_000);

        assertThat(heard).containsExactly("stands", "happened");
        assertThat(notices.standing()).extracting(Notice::what).containsExactly("stands, in other words");
    }

    @Test
    void forgetsWhatIsDealtWith() {
        notices.stands("a", notice("one"));
        notices.stands("b", notice("two"));
        notices.gone("a");
        notices.revise("a", notice("never said"));

        assertThat(notices.standing()).extracting(Notice::what).containsExactly("two");
    }

    @Test
    void letsAFollowerOfAnEndedSessionGo() {
        notices.close();

        notices.follow(notice -> heard.add(notice.what()));

        assertThat(heard).isEmpty();
    }

    @Test
    void endsForAnInterruptedFollower() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> notices.follow(notice -> {})).isInstanceOf(DevshellException.Interrupted.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
