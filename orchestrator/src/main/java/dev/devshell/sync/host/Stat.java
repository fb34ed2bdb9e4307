package dev.devshell.sync.host;

/**
 * What the file system says of a path without reading it: while it stays the same, so did the content.
 *
 * @param mode permission bits (07777)
 */
record Stat(Kind kind, int mode, long size, long mtime, long ctime, long inode, int uid, int gid, int links) {
    enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    boolean executable() {
        return (mode & 0100) != 0;
    }

    /** Whether this is the same version of the same file: a rename changes nothing but ctime. */
    boolean sameVersion(Stat other) {
        return kind == other.kind && inode == other.inode && size == other.size && mtime == other.mtime;
    }
}
