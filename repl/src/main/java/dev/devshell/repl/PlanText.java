package dev.devshell.repl;

import dev.devshell.session.ServicePlan;
import dev.devshell.sync.plan.Policy;
import java.util.Locale;

/** A service's mappings for a person. */
final class PlanText {
    private final Console console;

    PlanText(Console console) {
        this.console = console;
    }

    void print(ServicePlan plan) {
        String stage = plan.stage().isEmpty() || plan.stage().matches("\\d+") ? "" : ", stage " + plan.stage();
        line(console.out(Style.BOLD, plan.service()) + "  " + plan.dockerfile() + stage);
        mappings(plan);
        for (ServicePlan.LeftOut out : plan.leftOut()) {
            line("  " + console.out(Style.DIM, "left out  " + out.origin() + ": " + out.reason()));
        }
        plan.holes().forEach(hole -> line("  hole      " + hole.container() + ": " + hole.mount()));
        if (plan.sync().policy() != Policy.HOST) {
            line("  conflicts " + plan.sync().policy().name().toLowerCase(Locale.ROOT));
        }
        plan.notes().forEach(note -> line("  note      " + note));
        line("");
    }

    private void mappings(ServicePlan plan) {
        if (plan.mappings().isEmpty()) {
            line("  nothing is synced");
        }
        TextTable table = new TextTable();
        for (ServicePlan.Mapping mapping : plan.mappings()) {
            String slash = mapping.directory() ? "/" : "";
            String host = mapping.host().isEmpty() ? "." : mapping.host();
            table.row(
                    "  " + host + slash,
                    "-> " + mapping.container() + (mapping.container().endsWith("/") ? "" : slash),
                    mapping.origin(),
                    mapping.stage().equals(plan.stage()) || mapping.stage().isEmpty() ? "" : "stage " + mapping.stage(),
                    mapping.rebuilds().isEmpty() ? "" : "rebuilds: " + mapping.rebuilds());
        }
        table.lines().forEach(this::line);
    }

    private void line(String text) {
        console.out().println(text);
    }
}
