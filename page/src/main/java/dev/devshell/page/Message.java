package dev.devshell.page;

/**
 * Something that listening browsers are told.
 *
 * @param whole whether it makes earlier ones of its kind superfluous
 * @param weight how much is missed without it, in lines
 */
record Message(String kind, String json, boolean whole, int weight) {
    /** How something stands. */
    static Message state(String kind, Object value) {
        return new Message(kind, PageJson.line(value), true, 1);
    }

    /** Something that happened. */
    static Message event(String kind, Object value) {
        return event(kind, value, 1);
    }

    static Message event(String kind, Object value, int weight) {
        return new Message(kind, PageJson.line(value), false, weight);
    }
}
