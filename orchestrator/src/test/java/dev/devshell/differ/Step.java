package dev.devshell.differ;

/**
 * One operation of one side.
 *
 * @param pause milliseconds to wait before it
 */
record Step(Side side, int pause, Operation operation) {
    @Override
    public String toString() {
        String text = operation.toString().replace("\n", "\\n");
        String what = text.length() > 160 ? text.substring(0, 150) + "...(" + text.length() + ")" : text;
        return String.format("%-9s after %3d ms  %s", side, pause, what);
    }
}
