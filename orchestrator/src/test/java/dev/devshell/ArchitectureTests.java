package dev.devshell;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of the house: which room may know which. */
class ArchitectureTests {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.devshell");

    /** One row a room: its package below {@code dev.devshell}, and what of ours it may know besides itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ignore        |
            sync.core     |
            sync.content  | sync.core
            sync.plan     | ignore
            sync.wire     | sync.core
            sync.history  | sync.core, sync.content, api
            sync.host     | sync.core, sync.content, ignore, api
            dockerfile    | ignore, api
            engine        | api
            compose       | api
            logs          | engine, api
            conflict      | engine, api
            sync          | sync.core, sync.content, sync.plan, sync.wire, sync.history, sync.host, ignore, api
            """)
    void aRoomKnowsOnlyTheRoomsItIsBuiltOn(String room, String known) {
        List<String> allowed =
                new ArrayList<>(List.of("dev.devshell." + room, "java..", "javax..", "org.slf4j..", "com.sun.jna.."));
        allowed.add("com.fasterxml.jackson..");
        allowed.add("com.github.dockerjava..");
        allowed.add("org.jspecify..");
        allowed.add("org.yaml..");
        // The options of a socket that keep a silent connection from being taken for a live one.
        allowed.add("jdk.net..");
        allowed.add("org.immutables..");
        for (String name : known == null ? new String[0] : known.split(", ", -1)) {
            allowed.add(name.equals("api") ? "dev.devshell" : "dev.devshell." + name);
        }
        classes()
                .that(resideInAPackage("dev.devshell." + room))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(HOUSE);
    }

    @Test
    void coreDoesNoInputAndOutputAndHasNoClockAndNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.devshell.sync.core", "dev.devshell.sync.plan", "dev.devshell.ignore")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.net..", "java.time..", "java.util.concurrent..")
                .check(HOUSE);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("dev.devshell.(*)..").should().beFreeOfCycles().check(HOUSE);
        slices().matching("dev.devshell.sync.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void theLibraryNeverWritesToTheTerminal() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(HOUSE);
    }
}
