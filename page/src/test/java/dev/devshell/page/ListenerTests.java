package dev.devshell.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTests {
    private final Listener listener = new Listener();

    @Test
    void dropsAndCountsWhatABrowserThatDoesNotReadMisses() throws InterruptedException {
        for (int i = 0; i < Listener.MOST_MESSAGES + 10; i++) {
            listener.tell(Message.event("log", List.of("line"), 5));
        }

        List<Message> taken = listener.take(1);

        assertThat(taken).hasSize(Listener.MOST_MESSAGES + 1);
        assertThat(taken.get(Listener.MOST_MESSAGES).json()).isEqualTo("{\"lines\":50}");
        assertThat(listener.take(1)).isEmpty();
    }

    @Test
    void boundsWhatWaitsInCharactersToo() throws InterruptedException {
        String large = "x".repeat(Listener.MOST_CHARS / 2);
        for (int i = 0; i < 5; i++) {
            listener.tell(Message.event("log", List.of(large), 1));
        }

        assertThat(listener.take(1)).hasSize(2).last().extracting(Message::kind).isEqualTo("dropped");
    }

    @Test
    void hasOnlyTheLastOfWhatStands() throws InterruptedException {
        for (int i = 0; i < 5000; i++) {
            listener.tell(Message.state("sync", i));
        }

        assertThat(listener.take(1)).extracting(Message::json).containsExactly("4999");
    }

    @Test
    void returnsWhenItIsClosed() throws InterruptedException {
        listener.close();

        assertThat(listener.take(60_000)).isEmpty();
        assertThat(listener.isClosed()).isTrue();
    }
}
