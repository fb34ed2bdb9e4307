package dev.devshell.differ;

import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;

/** Notes which contents another hand takes away, and where, just before it does. */
final class NotingHand implements Hand {
    private final Hand hand;
    private final Side side;
    private final Path root;
    private final Look look;
    private final Sightings takes;

    NotingHand(Hand hand, Side side, Path root, Sightings takes) {
        this.hand = hand;
        this.side = side;
        this.root = root;
        this.look = Look.atAll(root);
        this.takes = takes;
    }

    private void goes(String path) throws IOException {
        note(path, path);
        String real = real(path);
        if (!real.equals(path)) {
            note(real, real);
        }
    }

    /** Notes what is seen at one path as taken from another. */
    private void note(String seenAt, String takenFrom) throws IOException {
        for (Map.Entry<String, Standing> seen : look.at(seenAt).entrySet()) {
            if (seen.getValue().node() instanceof Node.File file) {
                String place = takenFrom + seen.getKey().substring(seenAt.length());
                takes.add(file.digest(), new Place(side, place), seen.getValue().head());
            }
        }
    }

    /** Returns where the path leads through links of the tree; the same path where it leads nowhere. */
    private String real(String path) throws IOException {
        try {
            return root.toRealPath().relativize(root.resolve(path).toRealPath()).toString();
        } catch (FileSystemException e) {
            return path;
        }
    }

    @Override
    public void write(String path, String content) throws IOException {
        goes(path);
        hand.write(path, content);
    }

    @Override
    public void append(String path, String content) throws IOException {
        goes(path);
        hand.append(path, content);
    }

    @Override
    public void halve(String path) throws IOException {
        goes(path);
        hand.halve(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        goes(from);
        goes(to);
        hand.rename(from, to);
        // What the sync put there after the look went along.
        note(to, from);
    }

    @Override
    public void delete(String path) throws IOException {
        goes(path);
        hand.delete(path);
    }

    @Override
    public void directory(String path) throws IOException {
        hand.directory(path);
    }

    @Override
    public void executable(String path, boolean executable) throws IOException {
        hand.executable(path, executable);
    }

    @Override
    public void link(String path, String target) throws IOException {
        goes(path);
        hand.link(path, target);
    }

    @Override
    public void sed(String path, String word) throws IOException {
        goes(path);
        hand.sed(path, word);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        goes(to);
        hand.copy(from, to);
    }

    @Override
    public void generate(String name) throws IOException {
        goes(Generator.ROUTES);
        goes("app/" + name);
        goes("test/" + name);
        hand.generate(name);
    }

    @Override
    public void checkout(String branch) throws IOException {
        for (String path : Repository.PATHS) {
            goes(path);
        }
        hand.checkout(branch);
    }
}
