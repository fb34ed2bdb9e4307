package dev.devshell.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects the results and prints them: a table in Markdown, or JSON. */
final class Report {
    static final String FLOOR = "floor";

    private final String machine;
    private final List<Row> rows = new ArrayList<>();

    Report(String machine) {
        this.machine = machine;
    }

    void floor(String scenario, Sample sample) {
        add(scenario, FLOOR, sample);
    }

    void add(String scenario, String program, Sample sample) {
        if (!sample.isEmpty()) {
            rows.add(new Row(scenario, program, sample, ""));
            System.err.printf(Locale.ROOT, "  %s, %s: %s ms%n", scenario, program, shown(sample.median()));
        }
    }

    void note(String scenario, String program, String note) {
        rows.add(new Row(scenario, program, Sample.NONE, note));
        System.err.printf(Locale.ROOT, "  %s, %s: %s%n", scenario, program, note);
    }

    String table() {
        StringBuilder text = new StringBuilder(machine).append("\n\n");
        text.append("| scenario | program | n | p50 ms | p95 ms | p99 ms | x floor | x devshell |\n");
        text.append("|---|---|---|---|---|---|---|---|\n");
        for (String scenario : scenarios()) {
            String name = scenario;
            for (Row row : of(scenario)) {
                text.append("| ").append(name).append(" | ").append(line(row)).append(" |\n");
                name = "";
            }
        }
        return text.toString();
    }

    private String line(Row row) {
        if (row.sample().isEmpty()) {
            return row.program() + " | | " + row.note() + " | | | |";
        }
        Sample sample = row.sample();
        return String.join(
                " | ",
                row.program(),
                Integer.toString(sample.millis().size()),
                shown(sample.median()),
                shown(sample.percentile(95)),
                shown(sample.percentile(99)),
                shown(sample.median() / median(row.scenario(), FLOOR)),
                shown(sample.median() / median(row.scenario(), new Devshell().title())));
    }

    String json() {
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("schema", 1).put("machine", machine);
        ArrayNode results = object.putArray("results");
        for (Row row : rows) {
            ObjectNode result = results.addObject();
            result.put("scenario", row.scenario()).put("program", row.program());
            if (row.sample().isEmpty()) {
                result.put("note", row.note());
            } else {
                result.put("n", row.sample().millis().size())
                        .put("p50", row.sample().median())
                        .put("p95", row.sample().percentile(95))
                        .put("p99", row.sample().percentile(99));
                putRatio(result, "xFloor", row, FLOOR);
                putRatio(result, "xDevshell", row, new Devshell().title());
            }
        }
        return object.toString();
    }

    private void putRatio(ObjectNode result, String name, Row row, String to) {
        double ratio = row.sample().median() / median(row.scenario(), to);
        if (Double.isFinite(ratio)) {
            result.put(name, ratio);
        }
    }

    private Set<String> scenarios() {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.add(row.scenario()));
        return names;
    }

    private List<Row> of(String scenario) {
        return rows.stream().filter(row -> row.scenario().equals(scenario)).toList();
    }

    private double median(String scenario, String program) {
        return of(scenario).stream()
                .filter(row -> row.program().equals(program) && !row.sample().isEmpty())
                .mapToDouble(row -> row.sample().median())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String shown(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
