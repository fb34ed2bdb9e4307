/**
 * Speaks the protocol with the agent: messages as values, and the codec between them and a stream of bytes.
 *
 * <p>{@code docs/protocol.md} defines it and {@code agent/internal/wire} mirrors it; the fixtures in
 * {@code agent/testdata/wire} hold the three together. What comes in is untrusted: it is checked before it is believed,
 * and what does not fit is a {@link dev.devshell.sync.wire.WireException}, never another one.
 */
@NullMarked
package dev.devshell.sync.wire;

import org.jspecify.annotations.NullMarked;
