package io.edgewise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.score.Stability;
import io.edgewise.spark.share.ShareFiles;
import io.edgewise.uncertainty.Bootstrap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The errors of as many scores as a large model has, of shares made out of nothing. */
@EnabledIfSystemProperty(named = "scale", matches = "true")
class SampleScaleTest {
    private static final int REPLICATES = 100;
    private static final int BATCHES = 16;
    private static final int BATCH_SIZE = 8;
    private static final int POSITIONS = 50;

    @TempDir
    private static Path temporary;

    private final HeapPeak heap = new HeapPeak();

    /** GPT-2 small with edges of their own for each of 50 token positions. */
    @Test
    void millionsOfEdges() {
        ModelGraph graph = TransformerConfig.named("gpt2-small").graph(GraphSpec.DEFAULT.withSeqLen(POSITIONS));
        int edges = graph.edgeCount();
        ShareFiles files = new ShareFiles(temporary.toString(), edges);
        for (int batch = 0; batch < BATCHES; batch++) {
            SplittableRandom random = new SplittableRandom(batch);
            List<float[]> shares = IntStream.range(0, BATCH_SIZE)
                    .mapToObj(prompt -> floats(random, edges))
                    .toList();
            files.write(batch(batch), shares);
        }
        PruneScores scores = PruneScores.of(
                graph, new SplittableRandom(-1).doubles(edges, -1, 1).toArray());
        SparkConf local =
                new SparkConf().setMaster("local[2]").setAppName("scale").set("spark.ui.enabled", "false");
        try (JavaSparkContext spark = new JavaSparkContext(local)) {
            Instant start = Instant.now();
            ScoredSample sample = new DrawReplicates(files, files.files(), new Bootstrap(REPLICATES, 0), 1)
                    .execute(spark, scores, List.of(100, 10_000, edges));
            System.out.printf(
                    "%,d edges, %d prompts, %d replicates: %d s, heap after a collection at most %d MiB%n",
                    edges,
                    BATCHES * BATCH_SIZE,
                    REPLICATES,
                    Duration.between(start, Instant.now()).toSeconds(),
                    heap.take() >> 20);
            assertThat(edges).isGreaterThan(1_600_000);
            assertThat(sample.stability()).extracting(Stability::edges).containsExactly(100, 10_000, edges);
            assertThat(sample.stability().get(2).meanJaccard()).isOne();
        }
    }

    private static float[] floats(SplittableRandom random, int count) {
        float[] floats = new float[count];
        for (int place = 0; place < count; place++) {
            floats[place] = (float) random.nextDouble(-1, 1);
        }
        return floats;
    }

    private static PromptBatch batch(int index) {
        return PromptBatch.of(
                index,
                IntStream.range(0, BATCH_SIZE)
                        .mapToObj(prompt -> PromptPair.of(
                                List.of(index, prompt), List.of(index, prompt + 1), List.of(1), List.of(2)))
                        .toList());
    }
}
