package dev.devshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.Notice;
import dev.devshell.engine.Container;
import dev.devshell.ignore.IgnoreRules;
import dev.devshell.sync.plan.HostPath;
import dev.devshell.sync.plan.Policy;
import dev.devshell.sync.plan.Root;
import dev.devshell.sync.plan.SyncPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleImagesTests {
    private final FakeEngine engine = new FakeEngine();
    private final Notices notices = new Notices();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path context;

    private StaleImages images;

    @BeforeEach
    void begin() throws IOException {
        write("Gemfile", "one");
        Files.createDirectory(context.resolve("gems"));
        write("gems/a", "a");
        write("gems/a.log", "noise");
        images = open();
    }

    private StaleImages open() {
        return new StaleImages(engine, context.resolve("builds.json"), notices, told::add);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(context.resolve(file), text);
    }

    private ServicePlan plan() {
        List<IgnoreRules> ignore = List.of(IgnoreRules.docker("**/*.log"));
        Trigger gemfile = new Trigger(context, "Gemfile", false, ignore, "RUN bundle", "Dockerfile:4");
        Trigger gems = new Trigger(context, "gems", true, ignore, "RUN bundle", "Dockerfile:4");
        Root root = new Root(
                "/app/Gemfile", false, new HostPath(context, "Gemfile"), Root.Flow.BOTH, ignore, List.of(), "", -1, "");
        return new ServicePlan(
                "web",
                "Dockerfile",
                "",
                List.of(new ServicePlan.Mapping(3, "", "", "Gemfile", "/app/Gemfile", false, "RUN bundle")),
                List.of(),
                List.of(),
                List.of(gemfile, gems),
                List.of(),
                new SyncPlan(List.of(root), List.of(), Policy.HOST, List.of()));
    }

    /** Builds, and starts a container of it. */
    private Container built() {
        Container container = engine.run("a", "web", 1);
        images.built("web", container.imageId(), StaleImages.before(plan()));
        images.attaching(container, plan());
        return container;
    }

    @Test
    void saysOnceWhichStepIsStaleAndTakesItBack() throws IOException {
        built();
        assertThat(notices.standing()).isEmpty();

        write("Gemfile", "two");
        images.changed(context.resolve("Gemfile"));

        Notice notice = notices.standing().get(0);
        assertThat(notice.code()).isEqualTo("IMAGE-STALE");
        assertThat(notice.why()).isEqualTo("Gemfile changed after RUN bundle (Dockerfile:4)");
        assertThat(notice.next()).isEqualTo("devshell rebuild web");
        assertThat(notice.paths()).containsExactly(context.resolve("Gemfile"));
        assertThat(told).containsExactly("web");

        write("Gemfile", "one");
        images.changed(context.resolve("Gemfile"));
        assertThat(notices.standing()).isEmpty();
    }

    @Test
    void countsNewAndDeletedFilesOfADirectoryButNotIgnoredOnes() throws IOException {
        built();

        write("gems/a.log", "more noise");
        images.changed(context.resolve("gems/a.log"));
        assertThat(notices.standing()).isEmpty();

        write("gems/b", "b");
        images.changed(context.resolve("gems/b"));
        Files.delete(context.resolve("gems/a"));
        images.changed(context.resolve("gems/a"));
        assertThat(notices.standing().get(0).why()).startsWith("gems/a, gems/b changed");
    }

    @Test
    void stillKnowsAfterARestart() throws IOException {
        Container container = built();
        write("Gemfile", "two");
        notices.gone("stale web");

        images = open();
        images.attaching(container, plan());

        assertThat(notices.standing()).extracting(Notice::code).containsExactly("IMAGE-STALE");
        assertThat(images.isStale("web")).isTrue();
    }

    @Test
    void isFreshAfterABuild() throws IOException {
        Container container = built();
        write("Gemfile", "two");
        images.changed(context.resolve("Gemfile"));

        images.built("web", container.imageId(), StaleImages.before(plan()));

        assertThat(notices.standing()).isEmpty();
    }

    @Test
    void asksAContainerWhatAnUnknownImageWasBuiltFromAndTellsNothingMore() throws IOException {
        engine.file("/app/Gemfile", "older");

        images.attaching(engine.run("a", "web", 1), plan());
        images.changed(context.resolve("gems/a"));

        assertThat(notices.standing().get(0).paths()).containsExactly(context.resolve("Gemfile"));
    }
}
