package io.edgewise.jobs.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * What a job asks of the cluster for each of its executors.
 *
 * @param memory its heap, in MiB
 * @param cores 0 for as many as there are
 * @param least how many cores it has to have, for one task
 */
record AskedExecutor(long memory, int cores, int least, int gpus) {
    static AskedExecutor of(SparkConf settings) {
        int cores = settings.getInt("spark.executor.cores", 0);
        return new AskedExecutor(
                settings.getSizeAsMb("spark.executor.memory", "1g"),
                cores,
                Math.max(cores, settings.getInt("spark.task.cpus", 1)),
                settings.getInt("spark.executor.resource.gpu.amount", 0));
    }

    /** The settings that ask for more than a worker has at all. */
    List<String> tooMuchFor(StandaloneCluster.Worker worker) {
        Map<String, Boolean> asked = new LinkedHashMap<>();
        asked.put("spark.executor.memory", memory > worker.memory());
        asked.put(cores == 0 ? "spark.task.cpus" : "spark.executor.cores", least > worker.cores());
        asked.put("spark.executor.resource.gpu.amount", gpus > worker.gpus());
        return asked.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a worker could start one now. */
    boolean fitsBesideOthersOf(StandaloneCluster.Worker worker) {
        return memory <= worker.freeMemory() && least <= worker.freeCores() && gpus <= worker.freeGpus();
    }

    /** For an event. */
    Map<String, Object> facts() {
        return Map.of("memory_mib", memory, "cores", least, "gpus", gpus);
    }

    @Override
    public String toString() {
        return Sizes.of(memory, least, gpus);
    }
}
