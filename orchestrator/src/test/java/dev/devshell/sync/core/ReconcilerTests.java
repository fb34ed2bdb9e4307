package dev.devshell.sync.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A tree is reconciled so that")
class ReconcilerTests {
    @Test
    void deletionsComeFirstAndFromTheInsideOut() {
        World world = World.of("""
                d      /  -  /
                d/e    /  -  /
                d/e/f  a  -  a
                new    -  /  -
                new/g  -  b  -
                """);

        List<String> order = Reconciler.reconcile(world, world.allPaths()).stream()
                .map(Step::path)
                .toList();

        assertThat(order).containsExactly("d/e/f", "d/e", "d", "new", "new/g");
    }

    @Test
    void agreeingDirectoriesMergeChildByChild() {
        World world = World.of("""
                d      -  /  /
                d/both -  a  a
                d/diff -  b  c
                d/more -  -  e
                """);
        world.settle();

        assertThat(world.host).isEqualTo(world.replica);
        assertThat(world.host.get("d/diff")).isEqualTo(Nodes.node("b"));
        assertThat(world.host.get("d/more")).isEqualTo(Nodes.node("e"));
        assertThat(world.history).contains(Nodes.node("c"));
    }

    @Test
    void aDirectoryDeletedWholeHereAndInPartThereIsGone() {
        World world = World.of("""
                d    /  -  /
                d/a  a  -  a
                d/b  b  -  -
                """);
        world.settle();

        assertThat(world.host).isEmpty();
        assertThat(world.replica).isEmpty();
    }

    @Test
    void aChildThatGoesWhileItsDirectoryIsReadDoesNotBringThatBack() {
        World world = World.of("""
                d    /  /  -
                d/a  a  -  -
                """);
        world.goneSinceListed.add("d/a");

        assertThat(Reconciler.reconcile(world, List.of("d")))
                .contains(new Step(
                        "d", new Decision.Write(Side.HOST, Node.absent(), false), Node.directory(), Node.absent()));
    }

    @Test
    @DisplayName("rule 5: a step carries what it was decided on, though the host moves on while that is decided")
    void whatIsDecidedIsDecidedOnOneLook() {
        World world = World.of("""
                a  x  x  -
                """);
        world.afterLook = () -> world.host.put("a", Nodes.node("edited"));

        assertThat(Reconciler.reconcile(world, List.of("a")))
                .containsExactly(new Step(
                        "a", new Decision.Write(Side.HOST, Node.absent(), false), Nodes.node("x"), Node.absent()));
    }

    @Test
    void whatOneSideAddsToADirectoryThatTheOtherDeletesLivesWithItsParents() {
        World world = World.of("""
                d        /  -  /
                d/old    a  -  a
                d/s      /  -  /
                d/s/new  -  -  n
                """);
        world.settle();

        assertThat(world.host.keySet()).containsExactly("d", "d/s", "d/s/new");
        assertThat(world.replica).isEqualTo(world.host);
    }

    @Test
    void theSameHoldsTheOtherWayRound() {
        World world = World.of("""
                d        /  /  -
                d/old    a  a  -
                d/s      /  /  -
                d/s/new  -  n  -
                """);
        world.settle();

        assertThat(world.host.keySet()).containsExactly("d", "d/s", "d/s/new");
        assertThat(world.replica).isEqualTo(world.host);
    }

    @Test
    void aModificationOutlivesTheDeletionOfItsDirectory() {
        World world = World.of("""
                d    /  /  -
                d/a  a  b  -
                """);
        world.settle();

        assertThat(world.replica.get("d/a")).isEqualTo(Nodes.node("b"));
    }

    @Test
    @DisplayName(
            "git moves: a directory that git deleted goes with what the container changed in it, but not with what it added")
    void whatGitDeletedGoes() {
        World world = World.of("""
                d      /  -  /
                d/a    a  -  b
                e      /  -  /
                e/a    a  -  b
                e/new  -  -  n
                """);
        for (String path : List.of("d", "d/a", "e", "e/a")) {
            world.preferences.put(path, Preference.HOST_ALWAYS);
        }
        world.settle();

        assertThat(world.host.keySet()).containsExactly("e", "e/new");
        assertThat(world.replica).isEqualTo(world.host);
        assertThat(world.history).contains(Nodes.node("b"));
    }

    @Test
    @DisplayName("the same rename on both sides agrees, and different renames of one file keep both")
    void renames() {
        World same = World.of("""
                a  x  -  -
                b  -  x  x
                """);
        same.settle();
        World different = World.of("""
                a  x  -  -
                b  -  x  -
                c  -  -  x
                """);
        different.settle();

        assertThat(same.host.keySet()).containsExactly("b");
        assertThat(different.host.keySet()).containsExactly("b", "c");
        assertThat(different.replica).isEqualTo(different.host);
    }

    @Nested
    @DisplayName("a change of kind is decided with all that is below:")
    class KindChanges {
        @Test
        void aDirectoryBecomesAFile() {
            World world = World.of("""
                    d    /  a  /
                    d/b  b  -  b
                    """);
            world.settle();

            assertThat(world.replica).isEqualTo(world.host).hasSize(1);
            assertThat(world.history).contains(Nodes.node("b"));
        }

        @Test
        void aFileBecomesADirectory() {
            World world = World.of("""
                    d    a  a  /
                    d/b  -  -  b
                    """);
            world.settle();

            assertThat(world.host).isEqualTo(world.replica).hasSize(2);
        }

        @Test
        @DisplayName("a file became a directory here, and only what is in it is asked about: it is not taken for lost")
        void aChildBringsTheQuestionAboveIt() {
            World world = World.of("""
                    f      x  /  x
                    f/now  -  n  -
                    """);

            assertThat(Reconciler.reconcile(world, List.of("f/now")))
                    .extracting(Step::path, Step::decision)
                    .containsExactly(
                            tuple("f", new Decision.Write(Side.REPLICA, Node.directory(), false)),
                            tuple("f/now", new Decision.Write(Side.REPLICA, Nodes.node("n"), false)));
        }

        @Test
        void theSameHoldsForWhatIsInTheReplica() {
            World world = World.of("""
                    f      x  x  /
                    f/now  -  -  n
                    """);

            assertThat(Reconciler.reconcile(world, List.of("f/now")))
                    .extracting(Step::path, Step::decision)
                    .containsExactly(
                            tuple("f", new Decision.Write(Side.HOST, Node.directory(), false)),
                            tuple("f/now", new Decision.Write(Side.HOST, Nodes.node("n"), false)));
        }

        @Test
        void aFileHereAndADirectoryThereEndAsTheFileOfTheHost() {
            World world = World.of("""
                    d    -  a  /
                    d/b  -  -  b
                    """);
            world.settle();

            assertThat(world.host).isEqualTo(world.replica).hasSize(1);
            assertThat(world.history).contains(Nodes.node("b"));
        }

        @Test
        void aDirectoryHereAndAFileThereEndAsTheDirectoryOfTheHost() {
            World world = World.of("""
                    d    -  /  a
                    d/b  -  b  -
                    """);
            world.settle();

            assertThat(world.host).isEqualTo(world.replica).hasSize(2);
            assertThat(world.history).contains(Nodes.node("a"));
        }

        @Test
        void anEditInsideOutlivesAFileThatTookTheDirectorysPlaceThere() {
            World world = World.of("""
                    d     /  /  a
                    d/b   b  c  -
                    d/x   x  x  -
                    """);
            world.settle();

            assertThat(world.host).isEqualTo(world.replica);
            assertThat(world.host.keySet()).containsExactly("d", "d/b");
            assertThat(world.history).contains(Nodes.node("a"));
        }

        @Test
        void underManualThePathAndAllBelowItWait() {
            World world = World.of("""
                    d     /  /  a
                    d/b   b  c  -
                    """);
            world.preference = Preference.ASK;

            assertThat(Reconciler.reconcile(world, world.allPaths()))
                    .extracting(Step::decision)
                    .allMatch(Decision.Ask.class::isInstance);
        }
    }

    @Nested
    @DisplayName("what the sync does not know stays:")
    class Unknown {
        @Test
        void aDeletedDirectoryKeepsWhatOnlyTheImageHad() {
            World world = World.of("""
                    d      /    -  /
                    d/a    a    -  a
                    d/img  -:i  -  i
                    """);
            world.settle();

            assertThat(world.replica.keySet()).containsExactly("d", "d/img");
            assertThat(world.host).isEmpty();
        }

        @Test
        void aDeletedDirectoryKeepsASocketAndIsNotBroughtBack() {
            World world = World.of("""
                    d      /  -  /
                    d/a    a  -  a
                    d/u    -  -  U
                    """);
            world.settle();

            assertThat(world.replica.keySet()).containsExactly("d", "d/u");
            assertThat(world.host).isEmpty();
        }

        @Test
        void nothingIsDecidedBelowADirectoryThatCannotBeRead() {
            World world = World.of("""
                    d      /  /  P
                    d/a    a  a  -
                    n      a  b  a
                    """);
            world.settle();

            assertThat(world.host).containsKeys("d", "d/a");
            assertThat(world.replica.get("n")).isEqualTo(Nodes.node("b"));
        }

        @Test
        void nothingIsDecidedBelowADirectoryThatBecameASocket() {
            World world = World.of("""
                    d      /  /  U
                    d/a    a  a  -
                    """);
            world.settle();

            assertThat(world.host).containsKeys("d", "d/a");
        }

        @Test
        void aNewDirectoryTravelsButForWhatCannotBeReadInIt() {
            World world = World.of("""
                    d      -  /  -
                    d/p    -  P  -
                    d/a    -  a  -
                    """);
            world.settle();

            assertThat(world.replica.keySet()).containsExactly("d", "d/a");
        }
    }

    @Nested
    @DisplayName("rule 3: a protected path of the host")
    class Protected {
        @Test
        void isNeitherWrittenNorDeleted() {
            World world = World.of("""
                    .git       /  /  /
                    .git/HEAD  a  a  b
                    .git/hook  -  -  x
                    .git/conf  c  c  -
                    """);
            world.hostLocked.add(".git");
            world.settle();

            assertThat(world.host)
                    .containsEntry(".git/HEAD", Nodes.node("a"))
                    .containsEntry(".git/conf", Nodes.node("c"))
                    .doesNotContainKey(".git/hook");
        }

        @Test
        void isNotSweptAwayWithItsDirectory() {
            World world = World.of("""
                    d           /  /  x
                    d/.git      /  /  -
                    d/.git/HEAD a  a  -
                    """);
            world.hostLocked.add("d/.git");
            world.preference = Preference.REPLICA;
            world.settle();

            assertThat(world.host).containsKeys("d", "d/.git", "d/.git/HEAD");
        }
    }
}
