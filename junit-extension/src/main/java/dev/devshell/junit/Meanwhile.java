package dev.devshell.junit;

/** Stands under the failure of a test and says what the services did in the meantime; it is not thrown. */
final class Meanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Meanwhile(String project, String text) {
        super("in the project " + project + "\n" + text.indent(2).stripTrailing(), null, false, false);
    }
}
