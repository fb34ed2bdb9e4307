package dev.devshell.repl;

import dev.devshell.Service;
import dev.devshell.SyncStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Puts a project into one line: its name, how many services are up, how the sync does. */
final class StatusLine {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle GOOD = PLAIN.foreground(AttributedStyle.GREEN);
    private static final AttributedStyle BUSY = PLAIN.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle BAD = PLAIN.foreground(AttributedStyle.RED);
    private static final String BETWEEN = "  ";

    private final String project;
    private final boolean coloured;

    StatusLine(String project, boolean coloured) {
        this.project = project;
        this.coloured = coloured;
    }

    /**
     * @param sync how it does; nothing where nobody syncs
     * @param booting whose state is still that of before
     */
    AttributedString of(List<Service> services, Optional<SyncStatus> sync, Predicate<Service> booting) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        add(line, project, PLAIN.bold());
        services(line, services, booting);
        if (sync.isEmpty()) {
            add(line, "no sync", BUSY);
        } else {
            sync(line, sync.get());
        }
        return line.toAttributedString();
    }

    private void services(AttributedStringBuilder line, List<Service> services, Predicate<Service> booting) {
        long up = services.stream().filter(StatusLine::isUp).count();
        if (!services.isEmpty()) {
            add(line, up + "/" + services.size() + " up", up == services.size() ? GOOD : BUSY);
        }
        services.stream()
                .filter(service -> service.condition().compareTo(Service.Condition.RESTARTING) <= 0)
                .filter(booting.negate())
                .forEach(service -> add(
                        line, service.name() + " " + service.condition().name().toLowerCase(Locale.ROOT), BAD));
    }

    private static boolean isUp(Service service) {
        return service.condition() == Service.Condition.RUNNING || service.condition() == Service.Condition.HEALTHY;
    }

    private void sync(AttributedStringBuilder line, SyncStatus sync) {
        int waiting =
                sync.replicas().stream().mapToInt(SyncStatus.Replica::waiting).sum();
        int conflicts =
                sync.replicas().stream().mapToInt(SyncStatus.Replica::conflicts).sum();
        if (sync.paused()) {
            add(line, "sync paused", BUSY);
        } else if (sync.replicas().stream().anyMatch(one -> one.state() == SyncStatus.State.FAILED)) {
            add(line, "sync failed", BAD);
        } else if (!sync.settled()) {
            add(line, "syncing", BUSY);
        } else if (!sync.replicas().isEmpty()) {
            add(line, "in sync", GOOD);
        }
        if (waiting > 0) {
            add(line, waiting + " waiting", BUSY);
        }
        if (conflicts > 0) {
            add(line, count(conflicts, "conflict"), BAD);
        }
        if (!sync.notices().isEmpty()) {
            add(line, count(sync.notices().size(), "notice"), BUSY);
        }
        sync.replicas().stream()
                .flatMap(one -> Stream.of(one.toContainer(), one.toHost()))
                .filter(flow -> flow.edits() > 0)
                .mapToDouble(flow -> flow.edit().p50Millis())
                .max()
                .ifPresent(millis -> add(line, String.format(Locale.ROOT, "%.1f ms an edit", millis), PLAIN));
    }

    private static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    private void add(AttributedStringBuilder line, String text, AttributedStyle style) {
        if (line.length() > 0) {
            line.append(BETWEEN);
        }
        line.append(text, coloured ? style : PLAIN);
    }
}
