package dev.devshell.differ;

/** A path of a side. */
record Place(Side side, String path) {
    @Override
    public String toString() {
        return side + ":" + path;
    }
}
