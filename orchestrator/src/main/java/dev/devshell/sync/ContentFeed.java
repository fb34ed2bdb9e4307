package dev.devshell.sync;

import dev.devshell.sync.content.Delta;
import dev.devshell.sync.wire.Bytes;
import dev.devshell.sync.wire.Content;
import dev.devshell.sync.wire.HostMessage;
import dev.devshell.sync.wire.Range;
import dev.devshell.sync.wire.SliceEnd;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A large content on its way to the agent, part by part: all of it, or what of it the agent lacks. The sending thread owns it. */
final class ContentFeed implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ContentFeed.class);
    private static final long UNKNOWN = -1;

    private final long id;
    private final SeekableByteChannel content;
    private final long size;
    private final @Nullable Delta delta;
    private final ByteBuffer buffer = ByteBuffer.allocate(Content.MAX_INLINE);

    private ContentFeed(long id, SeekableByteChannel content, long size, @Nullable Delta delta) {
        this.id = id;
        this.content = content;
        this.size = size;
        this.delta = delta;
    }

    /** Sends all of it, over the stream or beside it. */
    static ContentFeed whole(long id, SeekableByteChannel content, long size) {
        return new ContentFeed(id, content, size, null);
    }

    /** Sends all of it over the stream. */
    static ContentFeed streamed(long id, SeekableByteChannel content) {
        return new ContentFeed(id, content, UNKNOWN, null);
    }

    /** Sends what the agent cannot copy from the base; should the file have changed, the digest will tell the agent. */
    static ContentFeed changes(
            long id,
            SeekableByteChannel content,
            dev.devshell.sync.content.Blocks fresh,
            dev.devshell.sync.content.Blocks base) {
        return new ContentFeed(id, content, UNKNOWN, new Delta(fresh, base, (position, into) -> {
            content.position(position);
            while (into.hasRemaining()) {
                if (content.read(into) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
        }));
    }

    long id() {
        return id;
    }

    /** Returns how much there is to be sent beside the stream; negative where it is not to be. */
    long size() {
        return size;
    }

    /** Fills the buffer; false where the content ends before. */
    boolean read(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (content.read(into) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Begins anew. A content that cannot be read any more is given up in its turn. */
    void rewind() {
        try {
            content.position(0);
        } catch (IOException e) {
            LOG.debug("A file that was being sent cannot be read again", e);
        }
    }

    /** Returns the next part, which holds until the next one is asked for; after a slice that is not followed by more there is none. */
    HostMessage next() {
        try {
            return delta == null ? slice() : part(delta);
        } catch (IOException e) {
            return new HostMessage.Slice(id, SliceEnd.GIVEN_UP, Bytes.of());
        }
    }

    static boolean isLast(HostMessage part) {
        return part instanceof HostMessage.Slice slice && slice.end() != SliceEnd.MORE;
    }

    private HostMessage part(Delta from) throws IOException {
        Delta.Part part = from.next();
        if (part instanceof Delta.Part.Copy copy) {
            return new HostMessage.Copy(
                    id,
                    copy.ranges().stream()
                            .map(range -> new Range(range.offset(), range.length()))
                            .toList());
        } else if (part instanceof Delta.Part.Data data) {
            return new HostMessage.Slice(id, SliceEnd.MORE, Bytes.of(data.bytes()));
        }
        return new HostMessage.Slice(id, SliceEnd.LAST, Bytes.of());
    }

    private HostMessage slice() throws IOException {
        buffer.clear();
        boolean end = false;
        while (buffer.hasRemaining() && !end) {
            end = content.read(buffer) < 0;
        }
        byte[] data = buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        return new HostMessage.Slice(id, end ? SliceEnd.LAST : SliceEnd.MORE, Bytes.of(data));
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
