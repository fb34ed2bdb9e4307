package dev.devshell.repl;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param found what there is
 * @param remedy what to do; empty when it is well
 */
record Check(String name, Verdict verdict, String found, String remedy) {
    enum Verdict {
        OK,
        /** It works, though not as well as it could. */
        WARN,
        FAIL
    }

    static Check ok(String name, String found) {
        return new Check(name, Verdict.OK, found, "");
    }

    static Check warn(String name, String found, String remedy) {
        return new Check(name, Verdict.WARN, found, remedy);
    }

    static Check fail(String name, String found, String remedy) {
        return new Check(name, Verdict.FAIL, found, remedy);
    }
}
