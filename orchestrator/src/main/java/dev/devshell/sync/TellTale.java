package dev.devshell.sync;

/** Makes what a container says fit to be shown: it reaches a terminal, which obeys control characters. */
final class TellTale {
    private static final int LONGEST = 500;

    private TellTale() {}

    static String plain(String text) {
        String some = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return some.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
