package io.edgewise.spark.model;

import io.edgewise.graph.GraphSpec;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.torch.ComputeType;
import java.io.Serializable;
import java.util.List;

/**
 * How an executor finds a model and makes it patchable.
 *
 * @param uri a model directory on every executor's own or shared disk, or in any file system that Hadoop knows
 * @param type of the matrices and their products
 * @param device the devices that it may be loaded on
 * @param threads threads that one PyTorch operation may use: the CPUs of a Spark task
 * @param slice positions whose logits count
 * @param prefix tokens before every prompt, run once; empty for none
 */
public record ModelSource(
        String uri,
        ComputeType type,
        DeviceRule device,
        int threads,
        GraphSpec graph,
        OutputSlice slice,
        List<Integer> prefix)
        implements Serializable {
    public ModelSource {
        prefix = List.copyOf(prefix);
    }

    /** This source with a prefix before every prompt. */
    public ModelSource withPrefix(List<Integer> tokens) {
        return new ModelSource(uri, type, device, threads, graph, slice, tokens);
    }
}
