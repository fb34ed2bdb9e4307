package dev.devshell.differ;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Something that a person or a program does to a tree. */
sealed interface Operation {
    /** Does it. */
    void by(Hand hand) throws IOException;

    /** Creates a file, or rewrites it in place, as VS Code does when it saves. */
    record Write(String path, String content) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.write(path, content);
        }
    }

    record Append(String path, String content) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.append(path, content);
        }
    }

    record Halve(String path) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.halve(path);
        }
    }

    /** Writes a new file beside, then renames it over. */
    record Replace(String path, String content) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.write(path + ".new", content);
            hand.rename(path + ".new", path);
        }
    }

    /** A program that saves again and again without rest. */
    record Burst(String path, String word, int times) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            for (int i = 0; i < times; i++) {
                new Replace(path, word + " for the " + i + "th time\n").by(hand);
            }
        }
    }

    record Rename(String from, String to) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.rename(from, to);
        }
    }

    record Delete(String path) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.delete(path);
        }
    }

    record Directory(String path) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.directory(path);
        }
    }

    record Chmod(String path, boolean executable) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.executable(path, executable);
        }
    }

    record Link(String path, String target) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.link(path, target);
        }
    }

    record HardLink(String from, String to) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.hardLink(from, to);
        }
    }

    record Sed(String path, String word) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.sed(path, word);
        }
    }

    record Copy(String from, String to) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.copy(from, to);
        }
    }

    /** What a generator of Rails does. */
    record Generate(String name) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.generate(name);
        }
    }

    record Checkout(String branch) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.checkout(branch);
        }
    }

    /** vim with a backup: tries whether the directory can be written to, moves the old file aside, writes the new one, drops the old. */
    record SaveByVim(String path, String content) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            String probe = Paths.sibling(path, "4913");
            hand.write(probe, "");
            hand.delete(probe);
            Operation.aside(hand, path, path + "~");
            hand.write(path, content);
            hand.delete(path + "~");
        }
    }

    /** The safe write of the JetBrains editors. */
    record SaveByJetBrains(String path, String content) implements Operation {
        @Override
        public void by(Hand hand) throws IOException {
            hand.write(path + "___jb_tmp___", content);
            Operation.aside(hand, path, path + "___jb_old___");
            hand.rename(path + "___jb_tmp___", path);
            hand.delete(path + "___jb_old___");
        }
    }

    /** Moves the old version aside; where there is none, an editor goes on with a new file. */
    private static void aside(Hand hand, String path, String old) throws IOException {
        try {
            hand.rename(path, old);
        } catch (NoSuchFileException e) {
            hand.delete(old);
        }
    }
}
