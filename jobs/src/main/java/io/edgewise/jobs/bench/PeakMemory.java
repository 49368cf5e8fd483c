package io.edgewise.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** How much a process grows while it works, as Linux reports it. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final double KIBIBYTE = 1024;

    /** Bytes that the process holds now; empty where the system doesn't say. */
    OptionalDouble resident() {
        try {
            return OptionalDouble.of(value("VmRSS:") * KIBIBYTE);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** How many bytes the process grows by during some work; empty where the system doesn't say. */
    OptionalDouble during(Runnable work) {
        try {
            System.gc();
            Files.writeString(RESET, "5");
            double before = value("VmRSS:");
            work.run();
            return OptionalDouble.of((value("VmHWM:") - before) * KIBIBYTE);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static double value(String key) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(key)) {
                return Double.parseDouble(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException(STATUS + " has no " + key);
    }
}
