package dev.devshell.watch.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devshell.watch.compile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTests {
    private static final String DEV = "dev.devshell.junit.ContainerDev";

    private final List<ClassFile> main = new ArrayList<>();
    private final List<ClassFile> tests = new ArrayList<>();
    private Past past = Past.NONE;

    private static ClassFile file(String name, Set<String> uses, Map<String, List<String>> annotations) {
        return new ClassFile(name, "", false, List.of("java.lang.Object"), uses, "", "", List.of(), annotations, "");
    }

    private void test(String name, String... uses) {
        tests.add(file(name, Set.of(uses), Map.of()));
        past = past.with(name, true, 10);
    }

    private void containerTest(String name, Map<String, List<String>> annotations) {
        tests.add(file(name, Set.of(), annotations));
        past = past.with(name, true, 10);
    }

    private TestClasses classes() {
        List<ClassFile> all = new ArrayList<>(main);
        all.addAll(tests);
        return new TestClasses(all, tests);
    }

    private Selection after(Set<String> changed, String... services) {
        return Selection.after(classes(), past, changed, Set.of(services));
    }

    private static List<String> names(Selection selection) {
        return selection.tests().stream().map(Chosen::test).toList();
    }

    @Test
    void selectsWhatWasEditedAndWhatStandsOnIt() {
        main.add(file("p.Service", Set.of("p.Store"), Map.of()));
        main.add(file("p.Store", Set.of(), Map.of()));
        test("p.ServiceTests", "p.Service");
        test("p.StoreTests", "p.Store");
        test("p.OtherTests");

        assertThat(names(after(Set.of("p.Store")))).containsExactly("p.ServiceTests", "p.StoreTests");
        assertThat(after(Set.of("p.StoreTests")).tests())
                .containsExactly(new Chosen("p.StoreTests", Reason.EDITED, ""));
        assertThat(after(Set.of("p.Store")).why()).isEqualTo("2 on Store");
    }

    @Test
    void countsANestedClassForTheOneThatItIsIn() {
        test("p.ATests$Deep", "p.Base");
        test("p.ATests");
        main.add(file("p.Base", Set.of(), Map.of()));

        assertThat(names(after(Set.of("p.Base")))).containsExactly("p.ATests");
        assertThat(after(Set.of("p.ATests$Deep")).tests()).containsExactly(new Chosen("p.ATests", Reason.EDITED, ""));
    }

    @Test
    void selectsWhatUsesAServiceThatAChangeReached() {
        containerTest("p.WebTests", Map.of(DEV, List.of(), DEV + "#services", List.of("web")));
        containerTest(
                "p.WorkerTests", Map.of(DEV, List.of(), "dev.devshell.junit.ForService#value", List.of("worker")));
        containerTest("p.AnyTests", Map.of(DEV, List.of()));
        test("p.PlainTests");

        assertThat(names(after(Set.of(), "web"))).containsExactly("p.AnyTests", "p.WebTests");
        assertThat(after(Set.of(), "worker").why()).isEqualTo("2 using worker");
    }

    @Test
    void findsServicesOfAParentAndOfAnAnnotationOfOnesOwn() {
        tests.add(file("p.OnWeb", Set.of(), Map.of(DEV, List.of(), DEV + "#services", List.of("web"))));
        tests.add(
                new ClassFile("p.Base", "", true, List.of(), Set.of(), "", "", List.of(), Map.of(DEV, List.of()), ""));
        containerTest("p.MetaTests", Map.of("p.OnWeb", List.of()));
        tests.add(
                new ClassFile("p.ChildTests", "", false, List.of("p.Base"), Set.of(), "", "", List.of(), Map.of(), ""));

        assertThat(classes().services("p.MetaTests")).contains(Set.of("web"));
        assertThat(classes().services("p.ChildTests")).contains(Set.of());
    }

    @Test
    void selectsAllWhereNobodySaysWhichServicesAreUsed() {
        test("p.ATests");
        test("p.BTests");

        assertThat(names(after(Set.of(), "web"))).containsExactly("p.ATests", "p.BTests");
        assertThat(after(Set.of(), "web").why()).isEqualTo("2 that may use web");
    }

    @Test
    void runsWhatFailedFirstThenWhatWasEditedThenTheFastest() {
        test("p.SlowTests", "p.Base");
        test("p.FastTests", "p.Base");
        test("p.EditedTests");
        test("p.FailedTests");
        main.add(file("p.Base", Set.of(), Map.of()));
        past = past.with("p.SlowTests", true, 900)
                .with("p.FastTests", true, 5)
                .with("p.EditedTests", true, 5000)
                .with("p.FailedTests", false, 9000);

        assertThat(names(after(Set.of("p.Base", "p.EditedTests"))))
                .containsExactly("p.FailedTests", "p.EditedTests", "p.FastTests", "p.SlowTests");
    }

    @Test
    void alwaysSelectsWhatFailedOrWasNeverRun() {
        test("p.ATests");
        test("p.BTests");
        tests.add(file("p.NewTests", Set.of(), Map.of()));
        past = past.with("p.BTests", false, 1);

        assertThat(names(after(Set.of()))).containsExactly("p.BTests", "p.NewTests");
        assertThat(names(Selection.failed(classes(), past))).containsExactly("p.BTests");
        assertThat(Selection.all(classes(), past).why()).isEqualTo("1 failed last time; 2 others");
    }

    @Test
    void takesWhatWasCutShortForNotRunYet() {
        test("p.ATests");
        test("p.BTests");
        past = past.with("p.BTests", false, 1).without(Set.of("p.ATests", "p.BTests"));

        assertThat(after(Set.of()).tests())
                .containsExactly(new Chosen("p.BTests", Reason.FAILED, ""), new Chosen("p.ATests", Reason.UNKNOWN, ""));
    }

    @Test
    void filtersByNamesAsAPersonWritesThem() {
        NameFilter filter = NameFilter.of(List.of("Post*Tests", "p.UserTests#signs*"));

        assertThat(filter.matchesClass("p.PostPageTests")).isTrue();
        assertThat(filter.matchesClass("p.UserTests")).isTrue();
        assertThat(filter.matchesClass("p.OtherTests")).isFalse();
        assertThat(filter.narrows("p.UserTests")).isTrue();
        assertThat(filter.narrows("p.PostPageTests")).isFalse();
        assertThat(filter.matchesMethod("p.UserTests", "signsIn")).isTrue();
        assertThat(filter.matchesMethod("p.UserTests", "leaves")).isFalse();
        assertThat(NameFilter.ALL.matchesClass("p.X")).isTrue();
    }
}
