package dev.devshell.watch.worker;

import dev.devshell.watch.worker.Told.Problem;
import dev.devshell.watch.worker.Told.TestName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** {@link Told} as frames. */
final class ToldFrames {
    private ToldFrames() {}

    static List<String> write(Told told) {
        Writer frame = new Writer();
        if (told instanceof Told.Ready ready) {
            frame.add("ready").add(ready.pid()).add(ready.platform());
        } else if (told instanceof Told.Beat) {
            frame.add("beat");
        } else if (told instanceof Told.Planned planned) {
            frame.add("planned").add(planned.run()).add(planned.tests());
        } else if (told instanceof Told.Started started) {
            frame.add("started").add(started.run()).add(started.test());
        } else if (told instanceof Told.Finished finished) {
            frame.add("finished").add(finished.run()).add(finished.test()).add(finished.status());
            frame.add(finished.nanos()).add(finished.failure());
        } else if (told instanceof Told.Skipped skipped) {
            frame.add("skipped").add(skipped.run()).add(skipped.test()).add(skipped.reason());
        } else if (told instanceof Told.Reported reported) {
            frame.add("reported").add(reported.run()).add(reported.uniqueId());
            reported.entries().forEach(frame::add);
        } else if (told instanceof Told.Printed printed) {
            frame.add("printed").add(printed.run()).add(printed.uniqueId());
            frame.add(Boolean.toString(printed.error())).add(printed.text());
        } else if (told instanceof Told.Done done) {
            frame.add("done")
                    .add(done.run())
                    .add(Boolean.toString(done.cancelled()))
                    .add(done.failure());
        } else if (told instanceof Told.Own own) {
            frame.add("own").add(own.number());
            own.files().forEach(frame::add);
        } else if (told instanceof Told.Measured measured) {
            frame.add("measured").add(measured.metaspaceBytes()).add(measured.heapBytes());
            frame.add(measured.loadedClasses()).add(measured.loaders());
        }
        return frame.texts;
    }

    private static final class Writer {
        private final List<String> texts = new ArrayList<>();

        Writer add(String text) {
            texts.add(text);
            return this;
        }

        Writer add(long number) {
            return add(Long.toString(number));
        }

        Writer add(TestName test) {
            return add(test.uniqueId())
                    .add(test.parentId())
                    .add(test.displayName())
                    .add(test.className())
                    .add(test.method())
                    .add(Boolean.toString(test.isTest()));
        }

        Writer add(Problem failure) {
            return add(failure.type()).add(failure.message()).add(failure.stack());
        }
    }

    static Told read(List<String> frame) throws IOException {
        Iterator<String> rest = frame.iterator();
        try {
            return switch (rest.next()) {
                case "ready" -> new Told.Ready(number(rest), rest.next());
                case "beat" -> new Told.Beat();
                case "planned" -> new Told.Planned(run(rest), number(rest));
                case "started" -> new Told.Started(run(rest), test(rest));
                case "finished" -> new Told.Finished(run(rest), test(rest), rest.next(), number(rest), problem(rest));
                case "skipped" -> new Told.Skipped(run(rest), test(rest), rest.next());
                case "reported" -> new Told.Reported(run(rest), rest.next(), remaining(rest));
                case "printed" ->
                    new Told.Printed(run(rest), rest.next(), Boolean.parseBoolean(rest.next()), rest.next());
                case "done" -> new Told.Done(run(rest), Boolean.parseBoolean(rest.next()), rest.next());
                case "own" -> new Told.Own(run(rest), remaining(rest));
                case "measured" -> new Told.Measured(number(rest), number(rest), run(rest), run(rest));
                default -> throw new IOException("a worker does not tell: " + frame.get(0));
            };
        } catch (NoSuchElementException | NumberFormatException e) {
            throw new IOException("a worker does not tell: " + frame, e);
        }
    }

    private static int run(Iterator<String> rest) {
        return Integer.parseInt(rest.next());
    }

    private static long number(Iterator<String> rest) {
        return Long.parseLong(rest.next());
    }

    private static TestName test(Iterator<String> rest) {
        return new TestName(
                rest.next(), rest.next(), rest.next(), rest.next(), rest.next(), Boolean.parseBoolean(rest.next()));
    }

    private static Problem problem(Iterator<String> rest) {
        return new Problem(rest.next(), rest.next(), rest.next());
    }

    private static List<String> remaining(Iterator<String> rest) {
        List<String> all = new ArrayList<>();
        rest.forEachRemaining(all::add);
        return all;
    }
}
