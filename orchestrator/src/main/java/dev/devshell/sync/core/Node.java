package dev.devshell.sync.core;

/**
 * What stands at a path on one side, as far as the sync compares it: two nodes that are equal need no transfer.
 *
 * <p>Owner, modification time and the other mode bits are not part of it; they never decide anything.
 */
public sealed interface Node {
    /** Nothing is there. */
    record Absent() implements Node {
        private static final Absent INSTANCE = new Absent();
    }

    /** A regular file. The words of its digest stand in it, and not in an object of their own, because a project has a million of it. */
    record File(long a, long b, long c, long d, boolean executable) implements Node {
        public File(Digest digest, boolean executable) {
            this(digest.a(), digest.b(), digest.c(), digest.d(), executable);
        }

        public Digest digest() {
            return new Digest(a, b, c, d);
        }

        @Override
        public String toString() {
            return "File[digest=" + digest() + ", executable=" + executable + "]";
        }
    }

    /** A directory; its children have paths of their own. */
    record Directory() implements Node {
        private static final Directory INSTANCE = new Directory();
    }

    /** A symbolic link; {@code target} is its text, which the sync never follows. */
    record Link(String target) implements Node {
        public Link {
            if (target.isEmpty()) {
                throw new IllegalArgumentException("a link's target is not empty");
            }
        }

        /**
         * Returns whether this link, standing at {@code path}, stays below the root that the path is relative to; an absolute one does not. Nor does one
         * that goes up after it went down: what it went down through may be a link itself, and up from there is anywhere.
         */
        public boolean staysInside(String path) {
            if (target.startsWith("/") || target.indexOf('\0') >= 0) {
                return false;
            }
            int depth = path.split("/", -1).length - 1;
            boolean down = false;
            for (String name : target.split("/", -1)) {
                if (name.equals("..")) {
                    if (down || --depth < 0) {
                        return false;
                    }
                } else if (!name.isEmpty() && !name.equals(".")) {
                    down = true;
                }
            }
            return true;
        }
    }

    /** Something that the sync never carries: a socket, a device, a file over the limit. */
    record Special() implements Node {
        private static final Special INSTANCE = new Special();
    }

    /** Something is or may be there that cannot be read; nothing is known of it. */
    record Unreadable() implements Node {
        private static final Unreadable INSTANCE = new Unreadable();
    }

    static Node absent() {
        return Absent.INSTANCE;
    }

    static Node directory() {
        return Directory.INSTANCE;
    }

    static Node special() {
        return Special.INSTANCE;
    }

    static Node unreadable() {
        return Unreadable.INSTANCE;
    }

    /** Returns whether the sync can carry this node to the other side. */
    default boolean portable() {
        return !(this instanceof Special || this instanceof Unreadable);
    }
}
