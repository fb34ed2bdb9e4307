package dev.devshell.repl;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, in a headless Chromium, on a project with real containers. Screenshots are in {@code target/page}. */
@Tag("engine")
class UiTests {
    private static final Path SHOTS = Path.of("target/page");
    private static final double PATIENCE_MILLIS = 60_000;

    private static final String TEST = """
            package tiny;
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import org.junit.jupiter.api.Test;
            class ContainerTest {
                @Test void showsWhatWasSaved() throws Exception {
                    Process cat = new ProcessBuilder("docker", "compose", "exec", "-T", "web", "cat", "/srv/app/a.txt").start();
                    assertEquals("one", new String(cat.getInputStream().readAllBytes()).strip());
                }
            }
            """;

    private final TinyProject project;
    private final List<String> complaints = new ArrayList<>();

    UiTests(@TempDir Path root) throws IOException {
        project = new TinyProject(root, "page-ui");
        project.write("compose.yaml", "x-devshell: {policy: manual}\n" + project.read("compose.yaml"));
        Files.createDirectories(project.path("src/test/java/tiny"));
        project.write("pom.xml", TestCommandTests.POM);
        project.write("src/test/java/tiny/ContainerTest.java", TEST);
    }

    @AfterEach
    void remove() {
        project.devshell("down");
        project.run(
                Map.of(), List.of("docker", "compose", "-p", project.name(), "down", "--rmi", "local", "--volumes"));
    }

    @Test
    void clicksThroughAConflictAnUndoAndAFailingTest() throws Exception {
        assertThat(project.devshell("up", "-d").code()).isZero();
        Process ui = serve();
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(ui.getInputStream(), StandardCharsets.UTF_8));
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            Page page = page(browser, out.readLine());
            services(page);
            conflict(page);
            undo(page);
            failingTest(page);
            assertThat(complaints).isEmpty();
        } finally {
            ui.destroy();
            assertThat(ui.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process serve() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                Main.class.getName(),
                "ui");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.path(".").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("XDG_RUNTIME_DIR", project.runtime().toString());
        builder.environment()
                .put("XDG_STATE_HOME", project.runtime().resolveSibling("state").toString());
        return builder.start();
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no Chromium: scripts/test-tools installs one"));
    }

    private Page page(Browser browser, String address) {
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 800)
                        .setColorScheme(ColorScheme.LIGHT))
                .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.navigate(address);
        assertThat(page.url()).doesNotContain("token");
        return page;
    }

    private static void sees(Locator what) {
        assertThat(what.first()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static void view(Page page, String name) {
        page.locator("#nav a", new Page.LocatorOptions().setHasText(name)).click();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    private void services(Page page) {
        sees(page.locator("[data-service=web]").getByText("healthy"));
        sees(page.locator("#standing").getByText("In sync"));
        shoot(page, "services");
    }

    private void conflict(Page page) {
        assertThat(project.devshell("sync", "pause").code()).isZero();
        project.write("app/a.txt", "the host's\n");
        project.inContainer("echo \"the container's\" > /srv/app/a.txt");
        assertThat(project.devshell("sync", "resume").code()).isZero();

        view(page, "Conflicts");
        sees(page.locator(".diff td.left").getByText("the host's"));
        sees(page.locator(".diff td.right").getByText("the container's"));
        shoot(page, "conflict");
        button(page, "Keep the container’s").click();

        sees(page.getByText("No file waits for a decision."));
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(project.read("app/a.txt")).isEqualTo("the container's\n");
    }

    private void undo(Page page) {
        view(page, "History");
        Locator lost = page.locator("#view-history tr", new Page.LocatorOptions().setHasText("lost a conflict"));
        sees(lost);
        shoot(page, "history");
        lost.first().getByRole(AriaRole.BUTTON).click();

        sees(page.locator(".toast").getByText("is as it was"));
        assertThat(project.devshell("sync", "flush").code()).isZero();
        assertThat(project.read("app/a.txt")).isEqualTo("the host's\n");
        assertThat(project.inContainer("cat /srv/app/a.txt").out()).isEqualTo("the host's\n");
    }

    private static void failingTest(Page page) {
        view(page, "Tests");
        button(page, "Run tests").click();
        sees(page.locator(".run[data-state=failed]"));
        sees(page.getByText("expected: <one> but was: <the host's>"));
        sees(page.locator(".run svg.timeline"));
        shoot(page, "test");
    }
}
