package dev.devshell.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** A plan in the making. */
final class Draft {
    final List<Mapping> mappings = new ArrayList<>();
    final List<LeftOut> leftOut = new ArrayList<>();
    final List<Taken> taken = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();

    void leaveOut(Statement at, String source, String reason) {
        leftOut.add(new LeftOut(at.line(), at.text(), source, reason));
    }

    void take(Statement at, String target) {
        taken.add(new Taken(target, mappings.size(), at.line()));
    }

    DockerfilePlan plan() {
        return new DockerfilePlan(mappings, leftOut, new Triggers(steps).find(), taken);
    }
}
