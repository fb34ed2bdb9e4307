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
 * All versions on the disk, oldest first: segments that are appended to one after the other, and dropped whole. A content that
 * a later version shares with a dropped one moves to the newest segment first. For one thread at a time.
 */
final class Segments implements AutoCloseable {
    /** Contents from this size on have files of their own. */
    static final int LARGE = 64 * 1024;

    private static final String SUFFIX = ".segment";
    private static final byte[] NONE = {};
    private static final Duration FULL_AGE = Duration.ofDays(1);

    private final Path directory;
    private final LargeContents large;
    private final Retention retention;
    private final long fullSize;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<Digest, Place> places = new HashMap<>();
    private final Map<Digest, Long> largeSizes = new HashMap<>();
    private int next = 1;

    /** A segment and the versions in it. */
    private static final class Part {
        private final Segment segment;
        private final List<HistoryEntry> entries = new ArrayList<>();
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
        drop(dropped -> {});
    }

    private void loaded(Part part, HistoryRecord record, Segment.Range content) {
        if (record.digest() != null && content.length() > 0) {
            places.put(record.digest(), new Place(part, content));
        }
        if (record.entry() != null) {
            entered(part, record.entry());
        }
    }

    private Part add(int number) throws IOException {
        Part part = new Part(Segment.open(directory.resolve("%08x%s".formatted(number, SUFFIX))));
        parts.addLast(part);
        next = number + 1;
        return part;
    }

    private void entered(Part part, HistoryEntry entry) {
        part.entries.add(entry);
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
        entered(part, entry);
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
        while (parts.size() > 1 && isBeyond(parts.getFirst())) {
            Part oldest = parts.getFirst();
            giveUp(oldest);
            parts.removeFirst();
            dropped.accept(oldest.entries);
            oldest.segment.delete();
        }
    }

    private boolean isBeyond(Part part) {
        Instant newest = part.newest();
        return parts.stream().mapToLong(Part::bytes).sum() > retention.bytes()
                || newest == null
                || newest.plus(retention.age()).isBefore(Instant.now());
    }

    /** Lets go of the contents that are in a segment, but for those that are wanted still. */
    private void giveUp(Part going) throws IOException {
        Set<Digest> wanted = new HashSet<>();
        parts.stream()
                .filter(part -> part != going)
                .flatMap(part -> part.entries.stream())
                .forEach(entry -> file(entry).ifPresent(file -> wanted.add(file.digest())));
        for (Map.Entry<Digest, Place> place : List.copyOf(places.entrySet())) {
            if (place.getValue().part() == going) {
                giveUp(place.getKey(), place.getValue(), wanted.contains(place.getKey()));
            }
        }
        for (HistoryEntry entry : going.entries) {
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
