package io.edgewise.spark.share;

import io.edgewise.score.EdgeRange;
import io.edgewise.score.EdgeSample;
import io.edgewise.uncertainty.Bootstrap;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that reads what all prompts add to the scores of neighbouring edges.
 *
 * @param files the files of all batches, in their order
 */
public record SampleRange(ShareFiles shares, Broadcast<List<ShareFiles.BatchFile>> files, Bootstrap bootstrap)
        implements Function<EdgeRange, EdgeSample> {
    @Override
    public EdgeSample call(EdgeRange range) {
        EdgeSample sample = new EdgeSample(range, bootstrap);
        for (ShareFiles.BatchFile file : files.value()) {
            ShareFiles.Shares ofBatch = shares.read(file, range);
            sample.add(ofBatch.keys(), ofBatch.numbers());
        }
        return sample;
    }
}
