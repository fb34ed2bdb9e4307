package dev.devshell.engine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A file that is put into a container as an archive of its own, over a connection of its own, and never held in memory. */
final class ArchiveUpload implements FileUpload {
    private static final int MODE = 0600;
    private static final int MOST_OF_AN_ANSWER = 16 * 1024;

    private final Link link;
    private final long size;

    private ArchiveUpload(Link link, long size) {
        this.link = link;
        this.size = size;
    }

    /**
     * Opens the connection and announces the file.
     *
     * @param path of the request, to the archive of the folder
     */
    static ArchiveUpload begin(Dial dial, String path, String fileName, long size) throws IOException {
        byte[] opening = Tar.opening(fileName, MODE, size);
        byte[] request = ("PUT " + path + " HTTP/1.1\r\n"
                        + "Host: docker\r\n"
                        + "Content-Type: application/x-tar\r\n"
                        + "Content-Length: " + (opening.length + size + Tar.ending(size).length) + "\r\n"
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Link link = dial.open();
        ArchiveUpload upload = new ArchiveUpload(link, size);
        try {
            upload.write(ByteBuffer.wrap(request));
            upload.write(ByteBuffer.wrap(opening));
            return upload;
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            link.write(bytes);
        } catch (IOException e) {
            // An engine that refuses does not read to the end; mostly what it said is there all the same.
            throw link.isOpen() ? refusal(e) : e;
        }
    }

    private IOException refusal(IOException broken) {
        try {
            answered();
            return broken;
        } catch (IOException said) {
            said.addSuppressed(broken);
            return said;
        }
    }

    @Override
    public void finish() throws IOException {
        write(ByteBuffer.wrap(Tar.ending(size)));
        answered();
    }

    private void answered() throws IOException {
        String answer = answer();
        String status = answer.lines().findFirst().orElse("");
        if (status.isEmpty()) {
            throw new EOFException("the engine closed the connection instead of answering");
        }
        if (!status.startsWith("HTTP/1.1 200 ")) {
            String message = answer.substring(answer.indexOf("\r\n\r\n") + 1).strip();
            throw new IOException("the engine did not take the file: " + status + " " + message);
        }
    }

    /** Reads all that the engine says, which is little and ends with the connection. */
    private String answer() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(MOST_OF_AN_ANSWER);
        while (in.hasRemaining() && link.read(in) >= 0) {
            // to its end
        }
        return StandardCharsets.UTF_8.decode(in.flip()).toString();
    }

    @Override
    public void giveUp() throws IOException {
        link.endOutput();
        answer();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
