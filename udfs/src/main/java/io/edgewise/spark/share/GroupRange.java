package io.edgewise.spark.share;

import io.edgewise.score.EdgeGroups;
import io.edgewise.score.EdgeRange;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that reads what the prompts of each group add to the scores of neighbouring edges.
 *
 * @param files the files of all batches, in their order
 * @param ofBatches the place of each prompt's group; -1 where it is in no group
 * @param groups how many groups there are
 */
public record GroupRange(
        ShareFiles shares,
        Broadcast<List<ShareFiles.BatchFile>> files,
        Broadcast<Map<Integer, List<Integer>>> ofBatches,
        int groups)
        implements Function<EdgeRange, EdgeGroups> {
    @Override
    public EdgeGroups call(EdgeRange range) {
        EdgeGroups sums = new EdgeGroups(range, groups);
        for (ShareFiles.BatchFile file : files.value()) {
            sums.add(
                    Objects.requireNonNull(ofBatches.value().get(file.batch())),
                    shares.read(file, range).numbers());
        }
        return sums;
    }
}
