package io.edgewise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.reduce.BatchSum;
import io.edgewise.reduce.Slices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SumOverBatchesTest {
    private static JavaSparkContext spark;

    @BeforeAll
    static void startSpark() {
        spark = new JavaSparkContext(
                new SparkConf().setMaster("local[2]").setAppName("sums").set("spark.ui.enabled", "false"));
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 200, 1", "37, 200, 3", "37, 1000, 999", "37, 1000, 1000", "64, 100000, 32768"})
    void anyPartitionsOrderAndSlicesGiveTheSameBits(int batches, int length, int sliceLength) {
        double[] expected = IntStream.range(0, length)
                .mapToDouble(element -> SyntheticBatches.sum(element, 0, batches))
                .toArray();
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, batches).boxed().toList());
        for (int partitions : new int[] {1, 2, 7, batches}) {
            BatchSum sum = sum(order, partitions, new Slices(length, sliceLength), batches);
            assertThat(sum.values()).isEqualTo(expected);
            assertThat(sum.prompts()).isEqualTo(2L * batches);
            Collections.shuffle(order, new Random(partitions));
        }
    }

    @Test
    void partitionsWithoutBatchesAddNothing() {
        assertThat(sum(List.of(0, 1), 5, new Slices(3, 2), 2).values())
                .containsExactly(IntStream.range(0, 3)
                        .mapToDouble(element -> SyntheticBatches.sum(element, 0, 2))
                        .toArray());
    }

    @Test
    void aBatchThatComesTwiceIsAnError() {
        assertThatThrownBy(() -> sum(List.of(0, 1, 2, 1), 2, new Slices(10, 4), 3))
                .hasStackTraceContaining("Batch 1 was added twice");
        assertThatThrownBy(() -> sum(List.of(0, 1, 1), 1, new Slices(10, 4), 3))
                .hasStackTraceContaining("Batch 1 was added twice");
    }

    @Test
    void aMissingBatchIsAnError() {
        assertThatThrownBy(() -> sum(List.of(0, 2), 2, new Slices(10, 4), 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Slice 0 of 3 has 2 batches, wanted 3; the run is not valid");
        assertThatThrownBy(() -> sum(List.of(), 1, new Slices(10, 4), 0)).isInstanceOf(IllegalStateException.class);
    }

    private static BatchSum sum(List<Integer> order, int partitions, Slices slices, int batches) {
        return new SumOverBatches(slices, batches)
                .execute(spark.parallelize(order, partitions).mapPartitions(new SyntheticBatches(slices.length())));
    }
}
