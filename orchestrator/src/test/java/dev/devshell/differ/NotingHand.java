package dev.devshell.differ;

import dev.devshell.sync.core.Digest;
import dev.devshell.sync.core.Node;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Notes what another hand takes away, just before it does, and what it leaves behind. */
final class NotingHand implements Hand {
    private final Hand hand;
    private final Side side;
    private final Path root;
    private final Look all;
    private final Look synced;
    private final Evidence evidence;
    private boolean linked;

    NotingHand(Hand hand, Side side, Path root, Evidence evidence) {
        this.hand = hand;
        this.side = side;
        this.root = root;
        this.all = Look.atAll(root);
        this.synced = Look.atSynced(root);
        this.evidence = evidence;
    }

    private void destroys(String path) throws IOException {
        for (String each : new TreeSet<>(List.of(path, real(path)))) {
            note(all, each, each, evidence.taken());
            note(all, each, each, evidence.destroyed());
        }
    }

    /** A file that is written in place is another one at all of its names. */
    private void destroysInPlace(String path) throws IOException {
        destroys(path);
        Standing here = all.at(path).get(path);
        if (linked && here != null) {
            for (Map.Entry<String, Standing> seen : all.tree().entrySet()) {
                if (seen.getValue().node().equals(here.node())) {
                    note(all, seen.getKey(), seen.getKey(), evidence.taken());
                }
            }
        }
    }

    /** Notes what is at a path. Only this hand writes here, and the sync, whole files at once: what is seen is whole. */
    private void appears(String path) throws IOException {
        note(synced, path, path, evidence.appeared());
    }

    /** Notes what is seen at one path as if it were at another. */
    private void note(Look look, String seenAt, String place, Sightings where) throws IOException {
        for (Map.Entry<String, Standing> seen : look.at(seenAt).entrySet()) {
            if (seen.getValue().node() instanceof Node.File file
                    && !file.digest().equals(Digest.EMPTY)) {
                String at = place + seen.getKey().substring(seenAt.length());
                where.add(file.digest(), new Place(side, at), seen.getValue().head());
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
        destroysInPlace(path);
        hand.write(path, content);
        appears(path);
    }

    @Override
    public void append(String path, String content) throws IOException {
        destroysInPlace(path);
        hand.append(path, content);
        appears(path);
    }

    @Override
    public void halve(String path) throws IOException {
        destroysInPlace(path);
        hand.halve(path);
        appears(path);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        note(all, from, from, evidence.taken());
        destroys(to);
        hand.rename(from, to);
        // What the sync put there after the look went along.
        note(all, to, from, evidence.taken());
        appears(to);
    }

    @Override
    public void delete(String path) throws IOException {
        destroys(path);
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
        destroys(path);
        hand.link(path, target);
    }

    @Override
    public void hardLink(String from, String to) throws IOException {
        linked = true;
        hand.hardLink(from, to);
        appears(to);
    }

    @Override
    public void sed(String path, String word) throws IOException {
        destroys(path);
        hand.sed(path, word);
        appears(path);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        destroys(to);
        hand.copy(from, to);
        appears(to);
    }

    @Override
    public void generate(String name) throws IOException {
        destroys(Generator.ROUTES);
        destroys("app/" + name);
        destroys("test/" + name);
        hand.generate(name);
    }

    @Override
    public void checkout(String branch) throws IOException {
        for (String path : Repository.PATHS) {
            destroys(path);
        }
        hand.checkout(branch);
    }
}
