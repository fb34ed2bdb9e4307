package dev.devshell.sync.wire;

/** Encodes and decodes the messages of one direction. */
interface Codec<M> {
    /** Appends the message's type and body. */
    void encode(Encoder out, M message);

    /**
     * Reads a message's type and body.
     *
     * @throws IllegalArgumentException if a value is not what its message allows
     */
    M decode(Decoder in) throws WireException;
}
