package io.edgewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTotalTest {

    @Test
    void threeBatchesAddUpAsByHand() {
        BatchTotal total = new BatchTotal()
                .add(new BatchVector(0, 4, new double[] {1, 10}))
                .add(new BatchVector(1, 4, new double[] {2, 20}))
                .add(new BatchVector(2, 1, new double[] {3, 30}));
        assertThat(total.finish()).containsExactly(6, 60);
        assertThat(total.batches()).isEqualTo(3);
        assertThat(total.prompts()).isEqualTo(9);
    }

    @Test
    void aSumIsTakenPairByPairWhateverCameFirst() {
        double[] values = {1e16, 1, -1e16, 1};
        BatchTotal total = new BatchTotal();
        for (int index : new int[] {3, 0, 2, 1}) {
            total.add(new BatchVector(index, 1, new double[] {values[index]}));
        }
        assertThat(total.finish()).containsExactly((values[0] + values[1]) + (values[2] + values[3]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 100, 257})
    void anyOrderAndAnyPartitioningGiveTheSameBits(int batches) {
        Random random = new Random(batches);
        List<BatchVector> vectors = new ArrayList<>(IntStream.range(0, batches)
                .mapToObj(index -> new BatchVector(index, 1, new double[] {
                    random.nextGaussian() * Math.pow(10, random.nextInt(20)), random.nextGaussian()
                }))
                .toList());
        double[] inOrder = totalOf(vectors).finish();
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(vectors, random);
            List<BatchTotal> parts = new ArrayList<>();
            for (int start = 0; start < batches; ) {
                int end = Math.min(batches, start + 1 + random.nextInt(batches));
                parts.add(totalOf(vectors.subList(start, end)));
                start = end;
            }
            BatchTotal merged = parts.stream().reduce(new BatchTotal(), BatchTotal::merge);
            assertThat(merged.finish()).containsExactly(inOrder);
            assertThat(merged.batches()).isEqualTo(batches);
        }
        double plain =
                vectors.stream().mapToDouble(vector -> vector.values()[1]).sum();
        assertThat(inOrder[1]).isCloseTo(plain, within(1e-12 * batches));
    }

    @Test
    void gapsDoNotMatter() {
        BatchTotal total = new BatchTotal()
                .add(new BatchVector(5, 1, new double[] {5}))
                .add(new BatchVector(1_000_000, 1, new double[] {7}));
        assertThat(total.finish()).containsExactly(12);
    }

    @Test
    void aBatchThatComesTwiceIsAnErrorAndNeverCountedTwice() {
        BatchTotal total = totalOf(IntStream.range(0, 4)
                .mapToObj(index -> new BatchVector(index, 1, new double[] {index}))
                .toList());
        for (int index = 0; index < 4; index++) {
            BatchVector again = new BatchVector(index, 1, new double[] {1});
            assertThatThrownBy(() -> total.add(again))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Batch " + index + " was added twice");
        }
        assertThat(total.finish()).containsExactly(6);
    }

    @Test
    void finishingChangesNothing() {
        BatchTotal total = new BatchTotal()
                .add(new BatchVector(0, 1, new double[] {1}))
                .add(new BatchVector(2, 1, new double[] {2}))
                .add(new BatchVector(4, 1, new double[] {4}));
        total.finish()[0] = 9;
        assertThat(total.finish()).containsExactly(7);
        BatchTotal one = new BatchTotal().add(new BatchVector(0, 1, new double[] {1}));
        one.finish()[0] = 9;
        assertThat(one.finish()).containsExactly(1);
    }

    @Test
    void neighboursShareOneArray() {
        BatchTotal total = new BatchTotal();
        int[] held = IntStream.range(0, 8)
                .map(index ->
                        total.add(new BatchVector(index, 1, new double[1])).blocks())
                .toArray();
        assertThat(held).containsExactly(1, 1, 2, 1, 2, 2, 3, 1);
    }

    @Test
    void theFirstBlockAndTheRestAreTheWhole() {
        BatchTotal rest = new BatchTotal();
        for (int index : new int[] {6, 1, 0, 2}) {
            rest.add(new BatchVector(index, 2, new double[] {index, 10 * index}));
        }
        BatchTotal first = rest.removeFirst();
        assertThat(first.batches()).isEqualTo(2);
        assertThat(first.finish()).containsExactly(1, 10);
        assertThat(rest.range(1, 2).finish()).containsExactly(80);
        assertThat(rest.merge(first).finish()).containsExactly(9, 90);
        assertThat(rest.prompts()).isEqualTo(8);
        assertThatThrownBy(() -> new BatchTotal().removeFirst()).isInstanceOf(NoSuchElementException.class);
    }

    /** Of copies: a total takes over what it is given. */
    private static BatchTotal totalOf(List<BatchVector> vectors) {
        BatchTotal total = new BatchTotal();
        vectors.forEach(vector -> total.add(new BatchVector(
                vector.batchIndex(), vector.prompts(), vector.values().clone())));
        return total;
    }
}
