package dev.devshell.sync.host;

import dev.devshell.sync.content.BlockHasher;
import dev.devshell.sync.content.BlockLists;
import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads files: their digest, and their content when it is small. */
final class Reader {
    private static final int ATTEMPTS = 3;
    private static final ThreadLocal<Reader> OF_THREAD = ThreadLocal.withInitial(Reader::new);

    private final MessageDigest sha256 = Digest.sha256();
    private final ByteBuffer chunk = ByteBuffer.allocate(HostChange.INLINE);

    private Reader() {}

    /**
     * A file as it was read.
     *
     * @param settled whether it stayed the same while it was read; if not, it wants another look soon
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Read(Entry entry, byte @Nullable [] content, boolean settled) {}

    /** Reads a file, again when it changes meanwhile; null when it is no file any more. */
    static @Nullable Read read(Dir dir, String name, Stat first) throws IOException {
        Stat before = first;
        for (int attempt = 1; ; attempt++) {
            long now = System.currentTimeMillis();
            Reader reader = OF_THREAD.get();
            byte[] content;
            Digest digest;
            try (SeekableByteChannel in = dir.read(name)) {
                content = before.size() <= HostChange.INLINE ? reader.whole(in, (int) before.size()) : null;
                digest = content != null ? reader.digest(content) : digest(in);
            } catch (DiskException e) {
                if (e.is(DiskException.Kind.ABSENT) || e.is(DiskException.Kind.LINK)) {
                    return null;
                }
                throw e;
            }
            Stat after = dir.stat(name);
            if (after == null || after.kind() != Stat.Kind.FILE) {
                return null;
            }
            boolean settled = after.equals(before);
            if (settled || attempt == ATTEMPTS) {
                Node node = new Node.File(digest, after.executable());
                return new Read(Entry.lookedAt(name, node, settled ? after : before, now), content, settled);
            }
            before = after;
        }
    }

    private Digest digest(byte[] content) {
        return Digest.fromBytes(sha256.digest(content));
    }

    private static Digest digest(SeekableByteChannel in) throws IOException {
        BlockHasher hasher = new BlockHasher();
        in.position(0);
        while (hasher.update(in) >= 0) {
            // until the end
        }
        BlockHasher.Hashed hashed = hasher.finish();
        if (hashed.blocks() != null) {
            BlockLists.shared().add(hashed.digest(), hashed.blocks());
        }
        return hashed.digest();
    }

    /** Reads a file that should have this size; null when it has more. */
    private byte @Nullable [] whole(SeekableByteChannel in, int size) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(size);
        int length = 0;
        while (content.hasRemaining() && length >= 0) {
            length = in.read(content);
        }
        if (!content.hasRemaining()) {
            chunk.clear();
            if (in.read(chunk) > 0) {
                return null;
            }
        }
        return content.hasRemaining() ? Arrays.copyOf(content.array(), content.position()) : content.array();
    }
}
