package io.edgewise.jobs.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Seconds of every round, by what was timed. */
final class Timings {
    private static final double NANOSECONDS = 1e9;

    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    /** Times work: wall-clock seconds, and seconds of all CPUs together. */
    void time(String what, Runnable work, boolean counts) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = machine.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        add(what, (System.nanoTime() - start) / NANOSECONDS, counts);
        add(what + " cpu", (machine.getProcessCpuTime() - cpu) / NANOSECONDS, counts);
    }

    void add(String what, double seconds, boolean counts) {
        if (counts) {
            rounds.computeIfAbsent(what, key -> new ArrayList<>()).add(seconds);
        }
    }

    double median(String what) {
        List<Double> sorted = sorted(what);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Writes the median under a key, with the smallest and the largest next to it. */
    void put(ObjectNode node, String key, String what) {
        List<Double> sorted = sorted(what);
        node.put(key, median(what));
        node.putArray(key + "_spread").add(sorted.get(0)).add(sorted.get(sorted.size() - 1));
    }

    private List<Double> sorted(String what) {
        return rounds.getOrDefault(what, List.of()).stream().sorted().toList();
    }
}
