package dev.devshell.differ;

import java.io.IOException;

/**
 * What programs do to the tree of one side. Paths are relative to its root.
 *
 * <p>What does not fit what stands there does not happen, or fails with a {@link java.nio.file.FileSystemException}: the other side moves the
 * ground at any moment.
 */
interface Hand {
    /** Creates a file, with the directories above it, or truncates it and writes it in place. */
    void write(String path, String content) throws IOException;

    void append(String path, String content) throws IOException;

    /** Cuts a file to half of its size. */
    void halve(String path) throws IOException;

    /** As {@code rename(2)} does, over a file as well. */
    void rename(String from, String to) throws IOException;

    /** As {@code rm -rf} does. */
    void delete(String path) throws IOException;

    void directory(String path) throws IOException;

    void executable(String path, boolean executable) throws IOException;

    /** Puts a link in the place of whatever is no directory. */
    void link(String path, String target) throws IOException;

    /** {@code ln}: a second name for a file. */
    void hardLink(String from, String to) throws IOException;

    /** {@code sed -i}: a word before every line. */
    void sed(String path, String word) throws IOException;

    /** {@code cp -p}, into a directory where {@code to} is one. */
    void copy(String from, String to) throws IOException;

    /** A program that writes a burst of files into new nested directories, and a line into a file that is there. */
    void generate(String name) throws IOException;

    /** {@code git checkout -f}. */
    void checkout(String branch) throws IOException;
}
