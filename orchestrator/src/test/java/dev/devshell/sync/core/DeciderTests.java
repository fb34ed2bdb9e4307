package dev.devshell.sync.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTests {
    /**
     * One row a scenario: ancestor, host, replica, and what comes of it. {@code rest}; {@code =x} remember that both have x; {@code host x} or {@code replica x}:
     * write x there, {@code !} when that replaces a losing change; {@code both x}; {@code blocked host|replica}.
     */
    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @DisplayName("rule 2: one path, host preferred")
    @CsvSource(delimiter = '|', textBlock = """
            # ancestor | host | replica | decision
            # agree
            -     | -    | -    | rest
            a     | a    | a    | rest
            /     | /    | /    | rest
            >t    | >t   | >t   | rest
            -     | a    | a    | =a
            -     | /    | /    | =/
            -     | >t   | >t   | =>t
            a     | -    | -    | =-
            /     | -    | -    | =-
            >t    | -    | -    | =-
            a     | b    | b    | =b
            # one side only
            -     | a    | -    | replica a
            -     | -    | a    | host a
            -     | /    | -    | replica /
            -     | -    | /    | host /
            -     | >t   | -    | replica >t
            -     | -    | >t   | host >t
            a     | b    | a    | replica b
            a     | a    | b    | host b
            a     | a+   | a    | replica a+
            a+    | a    | a+   | replica a
            a     | a    | a+   | host a+
            a+    | a+   | a    | host a
            a     | /    | a    | replica /
            a     | a    | /    | host /
            /     | a    | /    | replica a
            /     | /    | a    | host a
            a     | >t   | a    | replica >t
            a     | a    | >t   | host >t
            >t    | >u   | >t   | replica >u
            >t    | >t   | >u   | host >u
            a     | -    | a    | replica -
            a     | a    | -    | host -
            /     | -    | /    | replica -
            /     | /    | -    | host -
            # both sides
            -     | a    | b    | replica a!
            a     | b    | c    | replica b!
            -     | a    | /    | replica a!
            -     | /    | a    | replica /!
            a     | -    | b    | host b
            a     | b    | -    | replica b
            >t    | >u   | >v   | replica >u!
            # content here, executable bit there
            a     | b    | a+   | both b+
            a     | a+   | b    | both b+
            a+    | b+   | a    | both b
            a     | b+   | a+   | replica b+
            a     | a+   | b+   | host b+
            a     | b+   | c    | replica b+!
            # parted: only in the image, and then
            -:a   | -    | a    | rest
            -:a   | -    | b    | host b
            -:a   | -    | -    | =-
            -:a   | b    | a    | replica b
            -:a   | a    | a    | =a
            -:a   | b    | c    | replica b!
            /:-   | /    | -    | rest
            /:-   | -    | -    | =-
            -:/   | -    | /    | rest
            # something the sync cannot carry, or cannot see
            a     | U    | a    | blocked host
            a     | a    | U    | blocked replica
            a     | -    | U    | blocked replica
            -     | a    | U    | blocked replica
            /     | U    | /    | blocked host
            a     | P    | a    | blocked host
            a     | P    | P    | blocked host
            a     | a    | P    | blocked replica
            /     | /    | P    | blocked replica
            -     | -    | P    | blocked replica
            """)
    void decidesOnePath(String ancestor, String host, String replica, String expected) {
        assertThat(decide(ancestor, host, replica, Preference.HOST)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @DisplayName("rule 2: one path, replica preferred")
    @CsvSource(delimiter = '|', textBlock = """
            -     | a    | b    | host b!
            a     | b    | c    | host c!
            -     | /    | a    | host a!
            a     | -    | b    | host b
            a     | b    | -    | replica b
            a     | b    | a+   | both b+
            """)
    void letsTheReplicaPrevail(String ancestor, String host, String replica, String expected) {
        assertThat(decide(ancestor, host, replica, Preference.REPLICA)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @DisplayName("git moves: the host prevails, also where it deleted")
    @CsvSource(delimiter = '|', textBlock = """
            -     | a    | b    | replica a!
            a     | b    | c    | replica b!
            a     | -    | b    | replica -!
            a     | -    | a    | replica -
            /     | -    | a    | replica -!
            a     | b    | -    | replica b
            a     | b    | a+   | replica b!
            a     | a    | b    | host b
            a     | a    | -    | host -
            """)
    void letsTheHostPrevailInWhateverItDid(String ancestor, String host, String replica, String expected) {
        assertThat(decide(ancestor, host, replica, Preference.HOST_ALWAYS)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @DisplayName("policy manual: a conflict waits, and nothing else does")
    @CsvSource(delimiter = '|', textBlock = """
            -     | a    | b    | ask
            a     | b    | c    | ask
            a     | b    | a    | replica b
            a     | -    | b    | host b
            """)
    void asksWhereNobodyPrevails(String ancestor, String host, String replica, String expected) {
        assertThat(decide(ancestor, host, replica, Preference.ASK)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "host {0}, image {1} -> {2}")
    @DisplayName("rule 10: a new container is a new baseline")
    @CsvSource(delimiter = '|', textBlock = """
            a  | a  | =a
            a  | b  | replica a
            a  | -  | replica a
            -  | b  | rest
            a  | /  | replica a
            /  | a  | replica /
            /  | /  | =/
            >t | a  | replica >t
            """)
    void neverWritesToTheHostFromABaseline(String host, String replica, String expected) {
        Ancestor baseline = Ancestor.baseline(Nodes.node(host), Nodes.node(replica));

        Decision decision = Decider.decide(baseline, Nodes.node(host), Nodes.node(replica), Preference.REPLICA);

        String told = expected.startsWith("=") ? "rest" : expected;
        assertThat(tell(decision)).isEqualTo(told);
    }

    private static String decide(String ancestor, String host, String replica, Preference preference) {
        return tell(Decider.decide(Nodes.ancestor(ancestor), Nodes.node(host), Nodes.node(replica), preference));
    }

    private static String tell(Decision decision) {
        if (decision instanceof Decision.Remember remember) {
            return "=" + tell(remember.ancestor().host());
        }
        if (decision instanceof Decision.Write write) {
            return write.side().name().toLowerCase(java.util.Locale.ROOT) + " " + tell(write.target())
                    + (write.conflict() ? "!" : "");
        }
        if (decision instanceof Decision.Merge merge) {
            return "both " + tell(merge.target());
        }
        if (decision instanceof Decision.Blocked blocked) {
            return "blocked " + blocked.side().name().toLowerCase(java.util.Locale.ROOT);
        }
        return decision instanceof Decision.Ask ? "ask" : "rest";
    }

    private static String tell(Node node) {
        for (String text : new String[] {"-", "/", "a", "a+", "b", "b+", "c", "c+", ">t", ">u", ">v"}) {
            if (Nodes.node(text).equals(node)) {
                return text;
            }
        }
        return node.toString();
    }
}
