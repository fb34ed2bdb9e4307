package dev.devshell.sync.core;

/** Says when a replica deletes too much to be believed at once: whoever deletes that much may have meant another directory. */
public final class Brake {
    /** So many deletions are never held. */
    public static final int FEW = 20;

    private Brake() {}

    /**
     * Returns whether a batch is to be asked about.
     *
     * @param deletions host paths that the batch would delete
     * @param mapped host paths of the mapping before it
     */
    public static boolean holds(int deletions, int mapped) {
        return deletions > FEW && 4L * deletions > mapped;
    }
}
