package dev.devshell.differ;

import java.util.concurrent.atomic.AtomicInteger;

/** The text of a program that behaves as a generator of Rails: many small files in new directories, and a line in the routes. */
final class Generator {
    static final String ROUTES = "config/routes.rb";

    private static final AtomicInteger RUNS = new AtomicInteger();

    private Generator() {}

    /** Returns a script for {@code sh}, to be run in the tree's root. */
    static String script(String name) {
        int run = RUNS.incrementAndGet();
        return "mkdir -p app/" + name + "/views/partials test/" + name + "/deep config; "
                + "for d in app/" + name + " app/" + name + "/views app/" + name + "/views/partials test/" + name
                + "/deep; do for f in index show edit; do echo \"generated " + run
                + " $d/$f\" > $d/$f.rb; done; done; "
                + "echo \"generated " + run + " resources :" + name + "\" >> " + ROUTES;
    }
}
