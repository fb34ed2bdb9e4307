package dev.devshell.differ;

import static dev.devshell.differ.Shell.quote;

import java.io.IOException;

/** Edits the container's tree with the container's own programs. */
final class ContainerHand implements Hand {
    private final Shell shell;
    private final String root;

    ContainerHand(Shell shell, String root) {
        this.shell = shell;
        this.root = root;
    }

    private void run(String command) throws IOException {
        shell.run("cd " + quote(root) + " && " + command);
    }

    private static String made(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : "mkdir -p " + quote(path.substring(0, slash)) + " && ";
    }

    @Override
    public void write(String path, String content) throws IOException {
        run(made(path) + "printf %s " + quote(content) + " > " + quote(path));
    }

    @Override
    public void append(String path, String content) throws IOException {
        run(made(path) + "printf %s " + quote(content) + " >> " + quote(path));
    }

    @Override
    public void halve(String path) throws IOException {
        run("[ -f " + quote(path) + " ] && truncate -c -s $(($(stat -Lc %s " + quote(path) + ") / 2)) " + quote(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        run("mv -fT " + quote(from) + " " + quote(to));
    }

    @Override
    public void delete(String path) throws IOException {
        run("rm -rf " + quote(path));
    }

    @Override
    public void directory(String path) throws IOException {
        run("mkdir -p " + quote(path));
    }

    @Override
    public void executable(String path, boolean executable) throws IOException {
        run("[ -f " + quote(path) + " ] && chmod " + (executable ? "a+x " : "a-x ") + quote(path));
    }

    @Override
    public void link(String path, String target) throws IOException {
        run("ln -sfnT " + quote(target) + " " + quote(path));
    }

    @Override
    public void hardLink(String from, String to) throws IOException {
        run("ln -PT " + quote(from) + " " + quote(to));
    }

    @Override
    public void sed(String path, String word) throws IOException {
        run("sed -i " + quote("s/^/" + word + " /") + " " + quote(path));
    }

    @Override
    public void copy(String from, String to) throws IOException {
        run("cp -p " + quote(from) + " " + quote(to));
    }

    @Override
    public void generate(String name) throws IOException {
        run(Generator.script(name));
    }

    @Override
    public void checkout(String branch) throws IOException {
        throw new IOException("there is no git in the container");
    }
}
