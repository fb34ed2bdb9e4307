package dev.devshell.session;

import dev.devshell.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/** What a session says on its own: keeps what stands, and tells everybody who follows. */
final class Notices {
    /** By what each is about, in the order they came. */
    private final Map<String, Notice> standing = new LinkedHashMap<>();

    private final Feed<Notice> feed = new Feed<>();

    /** Says something that is so from now on; who follows hears it once. */
    synchronized void stands(String about, Notice notice) {
        if (!notice.equals(standing.put(about, notice))) {
            tell(notice);
        }
    }

    /** Says more of something that stands already, which nobody has to hear again. */
    synchronized void revise(String about, Notice notice) {
        standing.replace(about, notice);
    }

    /** It is not so any more. */
    synchronized void gone(String about) {
        standing.remove(about);
    }

    /** Says something that has happened. */
    synchronized void tell(Notice notice) {
        feed.tell(notice);
    }

    synchronized List<Notice> standing() {
        return List.copyOf(standing.values());
    }

    /** Tells what stands and then what happens, until the end. */
    void follow(Consumer<Notice> listener) {
        feed.follow(join(), listener);
    }

    int followers() {
        return feed.followers();
    }

    private synchronized BlockingQueue<Optional<Notice>> join() {
        return feed.join(standing());
    }

    /** Lets every follower go. */
    void close() {
        feed.close();
    }
}
