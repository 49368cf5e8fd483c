package io.edgewise.spark.share;

import io.edgewise.reduce.BatchVector;
import io.edgewise.score.ReplicateRanks;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** A function that ranks the edges of a partition's replicates, and counts: one vector per partition. */
public record RankReplicates(Broadcast<ReplicateRanks> ranks)
        implements Function2<Integer, Iterator<Tuple2<Integer, Iterable<ReplicateParts.Part>>>, Iterator<BatchVector>> {
    @Override
    public Iterator<BatchVector> call(
            Integer partition, Iterator<Tuple2<Integer, Iterable<ReplicateParts.Part>>> replicates) {
        ReplicateRanks.Counter counter = ranks.value().counter();
        double[] scores = new double[ranks.value().scores().size()];
        replicates.forEachRemaining(replicate -> {
            for (ReplicateParts.Part part : replicate._2()) {
                for (int place = 0; place < part.scores().length; place++) {
                    scores[part.firstEdge() + place] = part.scores()[place];
                }
            }
            counter.add(replicate._1(), scores);
        });
        return List.of(new BatchVector(partition, 1, counter.counts())).iterator();
    }
}
