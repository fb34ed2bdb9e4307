package dev.devshell.sync.history;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All versions on the disk, oldest first: segments that are appended to one after the other, and dropped whole. What is wanted
 * still moves to the newest segment first: a content that a later version shares with a dropped one, and a version that lost a
 * conflict and is the last of its path. What was kept last stays, however large it is. For one thread at a time.
 */
final class Segments implements AutoCloseable {
    /** Contents from this size on have files of their own. */
    static final int LARGE = 64 * 1024;

    private static final String SUFFIX = ".segment";
    private static final byte[] NONE = {};
    private static final Duration FULL_AGE = Duration.ofDays(1);

    private final Path directory;
    private final LargeContents large;
    private final long fullSize;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<Digest, Place> places = new HashMap<>();
    private final Map<Digest, Long> largeSizes = new HashMap<>();
    private Retention retention;
    private int next = 1;

    /** A segment and the versions in it. */
    private static final class Part {
        private final Segment segment;
        private final List<HistoryEntry> entries = new ArrayList<>();
        /** Versions of dropped segments that are wanted still: older than all others, wherever they stand. */
        private final List<HistoryEntry> carried = new ArrayList<>();

        private long largeBytes;

        Part(Segment segment) {
            this.segment = segment;
        }

        long bytes() {
            return segment.size() + largeBytes;
        }

        @Nullable
        Instant oldest() {
            return entries.isEmpty() ? null : entries.get(0).item().when();
        }

        @Nullable
        Instant newest() {
            return entries.isEmpty()
                    ? null
                    : entries.get(entries.size() - 1).item().when();
        }
    }

    private record Place(Part part, Segment.Range range) {}

    /**
     * @param fullSize how large a segment grows
     */
    Segments(Path directory, LargeContents large, Retention retention, long fullSize) throws IOException {
        this.directory = directory;
        this.large = large;
        this.retention = retention;
        this.fullSize = fullSize;
        load();
    }

    private void load() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            files.forEach(file ->
                    numbers.add(Integer.parseInt(file.getFileName().toString().replace(SUFFIX, ""), 16)));
        }
        numbers.sort(null);
        for (int number : numbers) {
            Part part = add(number);
            part.segment.load((record, content) -> loaded(part, record, content));
        }
        Set<String> wanted = new HashSet<>();
        largeSizes.keySet().forEach(digest -> wanted.add(digest.toHex()));
        large.retain(wanted::contains);
        if (parts.isEmpty()) {
            add(next);
        }
        forgetTwins();
        drop(dropped -> {});
    }

    /** A crash between carrying a version and dropping its segment leaves it in both. */
    private void forgetTwins() {
        Set<String> ids = new HashSet<>();
        parts.forEach(part -> part.entries.forEach(entry -> ids.add(entry.id())));
        parts.forEach(part -> part.carried.removeIf(entry -> !ids.add(entry.id())));
    }

    /** Bounds the history otherwise, at the next version that is kept. */
    void retain(Retention newRetention) {
        retention = newRetention;
    }

    private void loaded(Part part, HistoryRecord record, Segment.Range content) {
        if (record.digest() != null && content.length() > 0) {
            places.put(record.digest(), new Place(part, content));
        }
        if (record.entry() != null) {
            (record.carried() ? part.carried : part.entries).add(record.entry());
            counted(part, record.entry());
        }
    }

    private Part add(int number) throws IOException {
        Part part = new Part(Segment.open(directory.resolve("%08x%s".formatted(number, SUFFIX))));
        parts.addLast(part);
        next = number + 1;
        return part;
    }

    private void counted(Part part, HistoryEntry entry) {
        if (entry.item().node() instanceof Node.File file
                && entry.size() >= LARGE
                && largeSizes.put(file.digest(), entry.size()) == null) {
            part.largeBytes += entry.size();
        }
    }

    /**
     * Keeps a version.
     *
     * @param content empty where it is a large one, or none
     */
    void append(HistoryEntry entry, byte[] content) throws IOException {
        Part part = parts.getLast();
        HistoryRecord record = HistoryRecord.of(entry);
        Digest digest = record.digest();
        boolean isNew = content.length > 0 && digest != null && !places.containsKey(digest);
        Segment.Range range = part.segment.append(record, isNew ? content : NONE);
        if (isNew) {
            places.put(digest, new Place(part, range));
        }
        part.entries.add(entry);
        counted(part, entry);
    }

    /** Begins a segment where the last is full, and drops those that are beyond what is retained. */
    void trim(Consumer<List<HistoryEntry>> dropped) throws IOException {
        if (isFull(parts.getLast())) {
            add(next);
            drop(dropped);
        }
    }

    private boolean isFull(Part part) {
        Instant oldest = part.oldest();
        return part.bytes() >= fullSize
                || (oldest != null && oldest.plus(FULL_AGE).isBefore(Instant.now()));
    }

    private void drop(Consumer<List<HistoryEntry>> dropped) throws IOException {
        while (parts.stream().skip(1).anyMatch(part -> !part.entries.isEmpty()) && isBeyond(parts.getFirst())) {
            Part oldest = parts.getFirst();
            List<HistoryEntry> wanted = conflicts(oldest);
            giveUp(oldest, wanted);
            for (HistoryEntry entry : wanted) {
                parts.getLast().segment.append(HistoryRecord.carried(entry), NONE);
                parts.getLast().carried.add(entry);
            }
            parts.removeFirst();
            List<HistoryEntry> gone = new ArrayList<>(oldest.carried);
            gone.addAll(oldest.entries);
            gone.removeAll(wanted);
            dropped.accept(gone);
            oldest.segment.delete();
        }
    }

    /** Returns the versions in a segment that lost a conflict nobody has touched since: the history alone has them. */
    private List<HistoryEntry> conflicts(Part part) {
        Set<HistoryEntry> inPart = new HashSet<>(part.entries);
        inPart.addAll(part.carried);
        Map<List<String>, HistoryEntry> last = new HashMap<>();
        for (HistoryEntry entry : entries()) {
            last.put(List.of(entry.item().context(), entry.item().path()), entry);
        }
        return last.values().stream()
                .filter(entry -> entry.item().reason() == HistoryItem.Reason.CONFLICT)
                .filter(inPart::contains)
                .sorted(Comparator.comparing(entry -> entry.item().when()))
                .toList();
    }

    private boolean isBeyond(Part part) {
        Instant newest = part.newest();
        return parts.stream().mapToLong(Part::bytes).sum() > retention.bytes()
                || newest == null
                || newest.plus(retention.age()).isBefore(Instant.now());
    }

    /** Lets go of the contents that are in a segment, but for those that are wanted still. */
    private void giveUp(Part going, List<HistoryEntry> staying) throws IOException {
        Set<Digest> wanted = new HashSet<>();
        List<HistoryEntry> others = new ArrayList<>(staying);
        parts.stream().filter(part -> part != going).forEach(part -> {
            others.addAll(part.entries);
            others.addAll(part.carried);
        });
        others.forEach(entry -> file(entry).ifPresent(file -> wanted.add(file.digest())));
        for (Map.Entry<Digest, Place> place : List.copyOf(places.entrySet())) {
            if (place.getValue().part() == going) {
                giveUp(place.getKey(), place.getValue(), wanted.contains(place.getKey()));
            }
        }
        List<HistoryEntry> all = new ArrayList<>(going.carried);
        all.addAll(going.entries);
        for (HistoryEntry entry : all) {
            Digest digest = file(entry).map(Node.File::digest).orElse(Digest.EMPTY);
            if (wanted.contains(digest)) {
                parts.getLast().largeBytes += largeSizes.getOrDefault(digest, 0L);
            } else if (largeSizes.remove(digest) != null) {
                large.delete(digest);
            }
        }
    }

    private static Optional<Node.File> file(HistoryEntry entry) {
        return entry.item().node() instanceof Node.File file ? Optional.of(file) : Optional.empty();
    }

    private void giveUp(Digest digest, Place place, boolean wanted) throws IOException {
        if (wanted) {
            Part to = parts.getLast();
            byte[] content = place.part().segment.read(place.range());
            places.put(digest, new Place(to, to.segment.append(HistoryRecord.of(digest), content)));
        } else {
            places.remove(digest);
        }
    }

    /** Returns all versions, oldest first. */
    List<HistoryEntry> entries() {
        List<HistoryEntry> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.carried));
        all.sort(Comparator.comparing(entry -> entry.item().when()));
        parts.forEach(part -> all.addAll(part.entries));
        return all;
    }

    InputStream content(Digest digest) throws IOException {
        Place place = places.get(digest);
        if (place != null) {
            return new ByteArrayInputStream(place.part().segment.read(place.range()));
        }
        if (digest.equals(Digest.EMPTY)) {
            return InputStream.nullInputStream();
        }
        if (!largeSizes.containsKey(digest)) {
            throw new FileNotFoundException("the content is not in the history any more: " + digest);
        }
        return large.open(digest);
    }

    @Override
    public void close() throws IOException {
        for (Part part : parts) {
            part.segment.close();
        }
    }
}
