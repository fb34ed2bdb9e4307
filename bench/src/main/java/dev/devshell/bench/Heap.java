package dev.devshell.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a tree costs in memory at both ends. */
final class Heap {
    private Heap() {}

    /** Says what is live on the Java heap, a path, and what both ends have of the machine's memory. */
    static String measure(Site site, Program.Running running, int paths) throws IOException, InterruptedException {
        List<Long> host = running.processes();
        List<Long> guests = List.copyOf(site.guests());
        // before the heap is looked at, which collects it
        long onHost = Usage.residentMegabytes(host);
        long most = Usage.mostMegabytes(host);
        long live = live(host.get(0));
        return String.format(
                Locale.ROOT,
                "%d MB live on the heap (%d bytes a path), resident %d MB on the host (at most %d) + %d MB in the container (at most %d)",
                live >> 20,
                live / paths,
                onHost,
                most,
                Usage.residentMegabytes(guests),
                Usage.mostMegabytes(guests));
    }

    private static long live(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Command.run(Path.of("/"), jcmd, Long.toString(pid), "GC.class_histogram");
        String total = histogram.substring(histogram.lastIndexOf("Total")).strip();
        return Long.parseLong(total.split(" +", -1)[2]);
    }
}
