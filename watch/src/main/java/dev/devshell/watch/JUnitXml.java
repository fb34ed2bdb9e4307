package dev.devshell.watch;

import dev.devshell.DevshellException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a run as files {@code TEST-CLASS.xml}, in the form that Surefire writes and CI reads. */
public final class JUnitXml {
    private final Path directory;

    public JUnitXml(Path directory) {
        this.directory = directory;
    }

    /** Writes a file for each class; those of classes that were not run stay. */
    public void write(RunResult run) {
        Map<String, List<TestResult>> byClass = run.results().stream()
                .collect(Collectors.groupingBy(TestResult::test, LinkedHashMap::new, Collectors.toList()));
        byClass.forEach((name, results) -> write(name.isEmpty() ? "unknown" : name, results));
    }

    private void write(String name, List<TestResult> results) {
        Path file = directory.resolve("TEST-" + name + ".xml");
        try {
            Files.createDirectories(directory);
            try (OutputStream out = Files.newOutputStream(file)) {
                XMLStreamWriter xml =
                        XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
                xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
                suite(xml, name, results);
                xml.writeEndDocument();
                xml.close();
            }
        } catch (IOException | XMLStreamException e) {
            throw new DevshellException.Failed(
                    "NO-REPORT", "cannot write " + file, String.valueOf(e.getMessage()), "name another directory", e);
        }
    }

    private static void suite(XMLStreamWriter xml, String name, List<TestResult> results) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute("failures", count(results, TestResult.Status.FAILED));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(results, TestResult.Status.SKIPPED));
        xml.writeAttribute(
                "time", seconds(results.stream().mapToLong(TestResult::millis).sum()));
        for (TestResult result : results) {
            test(xml, result);
        }
        xml.writeEndElement();
    }

    private static String count(List<TestResult> results, TestResult.Status status) {
        return Long.toString(
                results.stream().filter(one -> one.status() == status).count());
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static void test(XMLStreamWriter xml, TestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("name", valid(result.name()));
        xml.writeAttribute("classname", result.test());
        xml.writeAttribute("time", seconds(result.millis()));
        if (result.failed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", valid(result.problem().message()));
            xml.writeAttribute("type", result.problem().type());
            xml.writeCharacters(valid(result.problem().stack()));
            xml.writeEndElement();
        } else if (result.status() == TestResult.Status.SKIPPED) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", valid(result.problem().message()));
        }
        if (!result.output().isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(valid(result.output()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML has no way to say most control characters; colours are the ones that tests print. */
    private static String valid(String text) {
        StringBuilder valid = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t'
                                || c == '\n'
                                || c == '\r'
                                || (c >= 0x20 && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000
                        ? c
                        : 0xFFFD)
                .forEach(valid::appendCodePoint);
        return valid.toString();
    }
}
