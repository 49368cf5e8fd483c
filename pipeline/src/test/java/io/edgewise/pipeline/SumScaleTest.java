package io.edgewise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.Slices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Sums of the sizes of an 8B and a 70B model on two cores in a heap of 2 GiB, driver and executor in one. Each is taken twice,
 * with the batches spread differently, and compared with the documented tree. {@code docs/numbers.md} says how to run it.
 */
@EnabledIfSystemProperty(named = "scale", matches = "true")
class SumScaleTest {
    private final HeapPeak heap = new HeapPeak();

    @Test
    void millionsOfEdgesAndAThousandBatches() throws IOException {
        measure(1_600_000, 1000, strided(1000, 7));
    }

    @Test
    void tensOfMillionsOfEdges() throws IOException {
        List<Integer> backwards = new ArrayList<>(neighbours(64));
        Collections.reverse(backwards);
        measure(40_000_000, 64, new Spread(backwards, 5));
    }

    /** @param partitions parts of the order, each as long as the others or longer by one */
    private record Spread(List<Integer> order, int partitions) {}

    private void measure(int edges, int batches, Spread other) throws IOException {
        long first = hash(edges, batches, new Spread(neighbours(batches), 8));
        assertThat(hash(edges, batches, other)).isEqualTo(first);
    }

    private long hash(int edges, int batches, Spread spread) throws IOException {
        SparkConf local =
                new SparkConf().setMaster("local[2]").setAppName("scale").set("spark.ui.enabled", "false");
        try (JavaSparkContext spark = new JavaSparkContext(local)) {
            ShuffleVolume shuffled = new ShuffleVolume();
            spark.sc().addSparkListener(shuffled);
            Instant start = Instant.now();
            JavaRDD<Integer> indices = spark.parallelize(spread.order(), spread.partitions());
            BatchSum sum = new SumOverBatches(Slices.of(edges), batches)
                    .execute(indices.mapPartitions(new SyntheticBatches(edges)));
            Duration took = Duration.between(start, Instant.now());
            assertThat(sum.prompts()).isEqualTo(2L * batches);
            long hash = 1;
            for (int edge = 0; edge < edges; edge++) {
                hash = 31 * hash + Double.doubleToLongBits(sum.values()[edge]);
                if (edge % 997 == 0 || edge == edges - 1) {
                    assertThat(sum.values()[edge]).isEqualTo(SyntheticBatches.sum(edge, 0, batches));
                }
            }
            System.out.printf(
                    "%,d edges x %,d batches in %d partitions: %d s, %d MiB shuffled, heap after a collection at most %d MiB, process so far %s, bits %x%n",
                    edges,
                    batches,
                    spread.partitions(),
                    took.toSeconds(),
                    shuffled.bytes() >> 20,
                    heap.take() >> 20,
                    peakProcess(),
                    hash);
            return hash;
        }
    }

    private static List<Integer> neighbours(int batches) {
        return IntStream.range(0, batches).boxed().toList();
    }

    /** No two neighbours in one partition. */
    private static Spread strided(int batches, int partitions) {
        List<Integer> order = IntStream.range(0, partitions)
                .flatMap(first -> IntStream.iterate(first, index -> index < batches, index -> index + partitions))
                .boxed()
                .toList();
        return new Spread(order, partitions);
    }

    private static String peakProcess() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("unknown");
    }
}
