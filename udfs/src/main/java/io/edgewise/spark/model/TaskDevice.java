package io.edgewise.spark.model;

import ai.djl.Device;
import io.edgewise.InputException;
import java.util.List;
import java.util.function.IntSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device that a task computes on: the first GPU among the resources that Spark's scheduler gave it, by its number on the host.
 *
 * @param addresses the addresses of the GPUs that Spark gave; empty for none
 * @param visible how many GPUs PyTorch sees, asked only where it matters
 * @param where the task in words, for a message
 */
record TaskDevice(List<String> addresses, IntSupplier visible, String where) {
    private static final Logger LOG = LoggerFactory.getLogger(TaskDevice.class);
    private static final String RESOURCE = "gpu";

    TaskDevice {
        addresses = List.copyOf(addresses);
    }

    /** The device of the running task, or of the driver outside a task. */
    static TaskDevice current(IntSupplier visible) {
        TaskContext task = TaskContext.get();
        ResourceInformation given = task == null ? null : task.resourcesJMap().get(RESOURCE);
        return new TaskDevice(
                given == null ? List.of() : List.of(given.addresses()), visible, "executor " + executor());
    }

    private static String executor() {
        @Nullable SparkEnv spark = SparkEnv.get();
        return spark == null ? "none" : spark.executorId();
    }

    /** @throws InputException where the rule or Spark requires a GPU that PyTorch doesn't see */
    Device choose(DeviceRule rule) {
        if (rule == DeviceRule.CPU || (rule == DeviceRule.AUTO && addresses.isEmpty())) {
            return Device.cpu();
        }
        String given = addresses.isEmpty() ? "0" : addresses.get(0);
        LOG.info("Spark gave {} the GPUs {}", where, addresses);
        if (!given.matches("\\d{1,4}")) {
            throw new InputException("Spark gave " + where + " the GPU address \"" + given
                    + "\"; wanted a number: let the discovery script print the numbers of GPUs, as conf/spark/discover-gpus.sh"
                    + " does");
        }
        int number = Integer.parseInt(given);
        int there = visible.getAsInt();
        if (number >= there) {
            throw new InputException((addresses.isEmpty() ? "--device gpu wants GPU " : "Spark gave " + where + " GPU ")
                    + number + ", but PyTorch sees " + (there == 0 ? "none" : "only " + there)
                    + " there: give it a libtorch for CUDA (PYTORCH_LIBRARY_PATH, see conf/spark), or --device cpu");
        }
        return Device.gpu(number);
    }
}
