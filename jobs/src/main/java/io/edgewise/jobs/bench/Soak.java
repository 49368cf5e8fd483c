package io.edgewise.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.torch.GpuMemory;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.score.EdgeScorer;

/**
 * A soak test that scores a batch again and again and reports the memory held, which should be the same after ten batches and after thousands.
 *
 * @param batches how many times
 */
record Soak(PatchableModel model, PromptBatch batch, EdgeScorer scorer, int batches) {
    private static final int FIRST = 10;
    private static final double NANOSECONDS = 1e9;
    private static final double MEGABYTE = 1e6;

    /** The memory held after 10, 100, 1,000, ... batches, and after the last. */
    ArrayNode run() {
        ArrayNode places = new ObjectMapper().createArrayNode();
        int place = FIRST;
        long start = System.nanoTime();
        for (int done = 1; done <= batches; done++) {
            scorer.score(model, batch);
            if (done == place || done == batches) {
                places.add(held(done, (System.nanoTime() - start) / NANOSECONDS));
                place = Math.multiplyExact(place, done == place ? FIRST : 1);
            }
        }
        return places;
    }

    private ObjectNode held(int done, double seconds) {
        ObjectNode held = new ObjectMapper().createObjectNode();
        held.put("batches", done).put("seconds", seconds).put("native_arrays", model.arrayCount());
        new PeakMemory().resident().ifPresent(bytes -> held.put("resident_mb", bytes / MEGABYTE));
        GpuMemory.taken(model.wrappedModel().device()).ifPresent(bytes -> held.put("gpu_mb", bytes / MEGABYTE));
        return held;
    }
}
