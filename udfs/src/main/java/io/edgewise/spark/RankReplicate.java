package io.edgewise.spark;

import io.edgewise.reduce.BatchVector;
import io.edgewise.score.ReplicateRanks;
import java.util.Arrays;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Ranks the edges of a replicate.
 *
 * @param usable the replicates that have prompts, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
public record RankReplicate(Broadcast<ReplicateRanks> ranks, int[] usable)
        implements Function<Tuple2<Integer, Iterable<ReplicateParts.Part>>, BatchVector> {
    @Override
    public BatchVector call(Tuple2<Integer, Iterable<ReplicateParts.Part>> replicate) {
        double[] scores = new double[ranks.value().scores().size()];
        for (ReplicateParts.Part part : replicate._2()) {
            for (int place = 0; place < part.scores().length; place++) {
                scores[part.firstEdge() + place] = part.scores()[place];
            }
        }
        int index = Arrays.binarySearch(usable, replicate._1());
        return new BatchVector(index, 1, ranks.value().of(index, scores));
    }
}
