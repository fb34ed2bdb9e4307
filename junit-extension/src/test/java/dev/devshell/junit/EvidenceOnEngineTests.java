package dev.devshell.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.devshell.Service.Condition;
import dev.devshell.compose.Remains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The evidence of tests that failed, from a real container. */
@Tag("engine")
class EvidenceOnEngineTests {
    private static final String NAME = "evidence-page";
    private static final int PORT = 39_431;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private static PageProject project;

    @BeforeEach
    void make() {
        project = new PageProject(root, NAME, PORT);
    }

    @AfterEach
    void remove() {
        new Remains(project.key(Mode.AUTO).options()).remove(NAME);
    }

    @TestMethodOrder(org.junit.jupiter.api.MethodOrderer.OrderAnnotation.class)
    static class Failing {
        @RegisterExtension
        static final ContainerDevExtension DEV =
                project.builder().services("web").build();

        @Test
        @Order(1)
        void logs(DevService web) throws IOException, InterruptedException {
            web.exec("sh", "-c", "echo boom > /proc/1/fd/1");
            Files.writeString(web.file("app/page.txt"), "edited behind its back");
            web.awaitSynced();
            throw new AssertionError("first");
        }

        @Test
        @Order(2)
        void isKilled(DevService web) {
            PageProject.docker("kill " + NAME + "-web");
            await().until(() -> web.state().condition() == Condition.EXITED);
            throw new AssertionError("second");
        }
    }

    @Test
    void tellsWhatAContainerLoggedDuringTheTestAndHowItEnded() throws IOException {
        Path evidence = root.resolve("evidence");

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Failing.class))
                .configurationParameter(EvidencePlace.DIRECTORY, evidence.toString())
                .execute()
                .testEvents()
                .assertStatistics(counts -> counts.failed(2));

        Path first = evidence.resolve(Failing.class.getName()).resolve("logs");
        assertThat(first.resolve("evidence-page-web.log"))
                .content()
                .contains("Z boom")
                .doesNotContain("listening");
        assertThat(first.resolve("evidence.txt"))
                .content()
                .contains("web-1 is ready")
                .contains("edited:\n  app/page.txt")
                .contains("web-1 is running, healthy");
        assertThat(first.resolveSibling("isKilled").resolve("evidence.txt"))
                .content()
                .contains("web-1 ended with exit code 137")
                .contains("web-1 is exited, exit code 137")
                .contains("edited:\n  nothing");
    }
}
