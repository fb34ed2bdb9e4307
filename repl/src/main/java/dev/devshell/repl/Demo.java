package dev.devshell.repl;

import dev.devshell.DevSession;
import dev.devshell.UpOptions;
import dev.devshell.compose.RunOptions;
import dev.devshell.repl.screen.Opening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** The tour: boot, an edit on the host, a generator in the container, the shell; and nothing of it is left. */
final class Demo {
    private static final String PROJECT = "devshell-demo";
    private static final String VIEW = "app/views/posts/index.html.erb";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> GENERATOR = List.of("bin/rails", "generate", "scaffold", "Note", "title:string");

    private final Devshell root;
    private final Scratch scratch;
    private final Console console;
    private final Workspace workspace;

    Demo(Devshell root, Scratch scratch) {
        this.root = root;
        this.scratch = scratch;
        this.console = root.console();
        ProjectChoice choice = new ProjectChoice(
                List.of(scratch.directory().resolve("compose.yaml").toString()),
                PROJECT,
                scratch.directory(),
                List.of(),
                List.of());
        this.workspace = root.launch().open(choice, console);
    }

    int run() throws IOException {
        title("devshell: one command boots a Compose project, its code in sync both ways, no volumes");
        console.say("A scratch copy of the Rails example: " + scratch.directory());
        removeLeftovers();
        DevSession session = workspace.begin();
        Shutdown shutdown = Shutdown.before(() -> takeDown(session));
        try {
            boot(session);
            String url =
                    "http://" + TextOutput.host(Services.port(Services.named(workspace.services(), "web"), 3000)) + "/";
            hostToContainer(session, url);
            containerToHost(session);
            return shell(session, url);
        } finally {
            shutdown.settle();
        }
    }

    /** An earlier tour may have been killed. */
    private void removeLeftovers() {
        if (!workspace.engine().containers(PROJECT).isEmpty()) {
            console.say("Removing what an earlier demo left ...");
            workspace.compose().down(true, line -> {});
        }
    }

    private void title(String text) {
        console.say("");
        console.say(console.err(Style.BOLD, text));
    }

    private void boot(DevSession session) {
        title("1. Boot: web (Rails, built here) and db (PostgreSQL); the first time builds their images");
        long start = System.nanoTime();
        session.up(UpOptions.all(), new Narration(console, root.debug()));
        console.say("Up, healthy and in sync after " + seconds(start) + ". Nothing was configured: the Dockerfile's"
                + " COPY lines say what maps where:");
        workspace
                .plans(List.of("web"))
                .forEach(plan -> plan.mappings()
                        .forEach(mapping -> console.say("  " + mapping.origin() + "  ->  web:" + mapping.container())));
    }

    private void hostToContainer(DevSession session, String url) throws IOException {
        title("2. Host to container: edit a view here, load the page there");
        Page page = new Page(url);
        page.await("", PATIENCE);
        Path view = scratch.directory().resolve(VIEW);
        String mark =
                "Edited on the host at " + LocalTime.now(ZoneId.systemDefault()).withNano(0);
        String text = Files.readString(view);
        Files.writeString(view, "<p>" + mark + "</p>\n" + text);
        long saved = System.nanoTime();
        session.sync().flush(PATIENCE);
        double synced = millis(saved);
        page.await(mark, PATIENCE);
        console.say("  saved " + VIEW + ": \"" + mark + "\"");
        console.say(String.format(
                Locale.ROOT,
                "  in the container, confirmed from there, %s after the save; %s shows it %.0f ms after the save",
                console.err(Style.GREEN, String.format(Locale.ROOT, "%.1f ms", synced)),
                url,
                millis(saved)));
    }

    private void containerToHost(DevSession session) throws IOException {
        title("3. Container to host: run a generator there, find its files here");
        console.say("  web$ " + String.join(" ", GENERATOR));
        Set<String> before = scratch.files();
        RunOptions options = new RunOptions(true, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        int code = workspace.compose().exec("web", GENERATOR, options);
        long ended = System.nanoTime();
        session.sync().flush(PATIENCE);
        double synced = millis(ended);
        Set<String> made = new TreeSet<>(scratch.files());
        made.removeAll(before);
        if (code != CommandLine.ExitCode.OK || made.isEmpty()) {
            throw new dev.devshell.DevshellException.Failed(
                    "DEMO-FAILED",
                    "the generator's files are not on the host",
                    "it ended with " + code + "; " + made.size() + " files are new",
                    "devshell --debug demo");
        }
        console.say("  " + made.size() + " files are on the host, yours to commit, "
                + console.err(Style.GREEN, String.format(Locale.ROOT, "%.1f ms", synced)) + " after it ended:");
        made.forEach(file -> console.say("    " + file));
    }

    private int shell(DevSession session, String url) {
        if (!root.launch().hasTerminal()) {
            return CommandLine.ExitCode.OK;
        }
        title("Your turn: the page is " + url + ", the code is in " + scratch.directory());
        console.say("Try: exec web bin/rails db:migrate   sync plan   sync history   ps   logs web");
        try (Opening opening = Opening.begin()) {
            new Prompt(root, workspace, Settings.of(root.launch().env()), Optional.empty())
                    .read(session, true, opening);
        }
        return CommandLine.ExitCode.OK;
    }

    private void takeDown(DevSession session) {
        title("Taking it all down: containers, network, volume, scratch copy");
        session.close();
        workspace.compose().down(true, new Narration(console, root.debug())::tell);
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static String seconds(long since) {
        return String.format(Locale.ROOT, "%.1f s", millis(since) / 1000);
    }
}
