package io.edgewise.pipeline;

import io.edgewise.score.EdgeGroups;
import io.edgewise.score.EdgeRange;
import io.edgewise.score.GroupScores;
import io.edgewise.spark.share.GroupRange;
import io.edgewise.spark.share.ShareFiles;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The job that scores each group of prompts, from the files of what prompts add.
 *
 * @param listed the files of all batches, in their order
 * @param ofSum the factor from the sum of all prompts' shares to the score
 */
record ScoreGroups(ShareFiles files, List<ShareFiles.BatchFile> listed, PromptGroups groups, double ofSum) {

    GroupScores execute(JavaSparkContext context, long prompts) {
        Broadcast<List<ShareFiles.BatchFile>> shared = context.broadcast(listed);
        Broadcast<Map<Integer, List<Integer>>> ofBatches = context.broadcast(groups.ofBatches());
        try {
            int count = groups.names().size();
            long bytes = 2L * Double.BYTES * count + ShareFiles.bytesOfEdge(listed);
            List<EdgeRange> ranges = EdgeRange.fitting(files.edges(), bytes, context.defaultParallelism());
            List<EdgeGroups> found = context.parallelize(ranges, ranges.size())
                    .map(new GroupRange(files, shared, ofBatches, count))
                    .collect();
            return GroupScores.of(groups.names(), files.edges(), found, ofSum, prompts);
        } finally {
            ofBatches.destroy();
            shared.destroy();
        }
    }
}
