package dev.devshell.repl.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AboveTests {
    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final Above above = new Above(
            UnaryOperator.identity(), text -> printed.addAll(text.lines().toList()));

    @AfterEach
    void close() {
        above.close();
    }

    @Test
    void printsInOrder() {
        List<String> lines = IntStream.range(0, 500).mapToObj(n -> "line " + n).toList();
        lines.forEach(above::print);
        await().untilAsserted(() -> assertThat(printed).isEqualTo(lines));
    }

    @Test
    void keepsLinesBackWhileItIsHeld() {
        above.hold();
        above.print("during");
        above.hold();
        assertThat(printed).isEmpty();
        above.release();
        await().untilAsserted(() -> assertThat(printed).containsExactly("during"));
    }

    @Test
    void dropsTheOldestBeyondItsBoundAndSaysHowMany() {
        above.hold();
        IntStream.range(0, Above.MOST_WAITING + 7).forEach(n -> above.print("line " + n));
        above.release();
        await().until(() -> printed.size() == Above.MOST_WAITING + 1);
        assertThat(printed).startsWith("(7 lines skipped)", "line 7").endsWith("line " + (Above.MOST_WAITING + 6));
    }

    @Test
    void whoHoldsItKnowsThatNothingIsBeingPrinted() throws InterruptedException {
        CountDownLatch inPrinter = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        try (Above slow = new Above(UnaryOperator.identity(), text -> {
            inPrinter.countDown();
            awaitQuietly(goOn);
            order.add("printed");
        })) {
            slow.print("a");
            inPrinter.await();
            Thread holder = new Thread(() -> {
                slow.hold();
                order.add("held");
            });
            holder.start();
            await().until(() -> holder.getState() == Thread.State.WAITING);
            goOn.countDown();
            holder.join();
        }
        assertThat(order).containsExactly("printed", "held");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
