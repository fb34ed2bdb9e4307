package dev.devshell.sync.core;

/**
 * A path, what is to be done with it, and what stood there on both sides when that was decided: whoever carries it out compares with these (rule 5), not with
 * what may have come to stand there since.
 */
public record Step(String path, Decision decision, Node host, Node replica) {
    /** Returns what the decision took the path on this side for. */
    public Node at(Side side) {
        return side == Side.HOST ? host : replica;
    }
}
