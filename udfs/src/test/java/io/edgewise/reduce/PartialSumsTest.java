package io.edgewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialSumsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 33, 100})
    void anySlicesPartitionsOrderAndRoomGiveTheBitsOfOneTotal(int batches) {
        Random random = new Random(batches);
        int length = 40;
        double[][] values = new double[batches][];
        for (int index = 0; index < batches; index++) {
            values[index] = random.doubles(length)
                    .map(value -> (value - 0.5) * Math.pow(10, random.nextInt(20)))
                    .toArray();
        }
        BatchTotal sequential = new BatchTotal();
        IntStream.range(0, batches).forEach(index -> sequential.add(vector(values, index)));
        double[] expected = sequential.finish();
        for (int round = 0; round < 50; round++) {
            Slices slices = new Slices(length, 1 + random.nextInt(length + 5));
            List<SlicePart> parts = new ArrayList<>();
            for (List<Integer> partition : partitions(batches, random)) {
                partition(values, partition, slices, random.nextInt(4)).forEachRemaining(parts::add);
            }
            Collections.shuffle(parts, random);
            BatchSum sum = sum(parts, slices, batches);
            assertThat(sum.values()).containsExactly(expected);
            assertThat(sum.prompts()).isEqualTo(2L * batches);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10})
    void neighboursLeaveSummedAsFarAsThereIsRoom(int room) {
        double[][] values = new double[64][3];
        List<Integer> all = IntStream.range(0, 64).boxed().toList();
        List<Long> batches = new ArrayList<>();
        partition(values, all, new Slices(3, 3), room)
                .forEachRemaining(part -> batches.add(part.total().batches()));
        assertThat(batches).hasSize(64 >> Math.min(room, 6)).containsOnly(1L << Math.min(room, 6));
    }

    @Test
    void theEarliestBlockLeavesFirst() {
        double[][] values = new double[16][1];
        List<Integer> misaligned = IntStream.range(3, 16).boxed().toList();
        List<Long> batches = new ArrayList<>();
        partition(values, misaligned, new Slices(1, 1), 2)
                .forEachRemaining(part -> batches.add(part.total().batches()));
        assertThat(batches).containsExactly(1L, 4L, 4L, 4L);
    }

    @Test
    void aBatchIsNotMadeBeforeTheSlicesOfThoseBeforeItLeft() {
        AtomicInteger made = new AtomicInteger();
        PartialSums sums = new PartialSums(
                IntStream.range(0, 4)
                        .peek(index -> made.incrementAndGet())
                        .mapToObj(index -> BatchBlock.of(new BatchVector(index, 1, new double[5])))
                        .iterator(),
                new Slices(5, 2),
                () -> 1,
                GrownBlocks.UNSEEN);
        int[] madeAt = new int[6];
        for (int part = 0; part < 6; part++) {
            sums.next();
            madeAt[part] = made.get();
        }
        assertThat(madeAt).containsExactly(3, 3, 3, 4, 4, 4);
        assertThat(sums.hasNext()).isFalse();
        assertThatThrownBy(sums::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aVectorOfAnotherLengthIsAnError() {
        PartialSums sums = partition(new double[][] {{1, 2, 3}}, List.of(0), new Slices(4, 2), 1);
        assertThatThrownBy(sums::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Batch 0 has 3 numbers, wanted 4");
    }

    @Test
    void vectorsWithoutElementsAreCountedToo() {
        Slices none = Slices.of(0);
        List<SlicePart> parts = new ArrayList<>();
        partition(new double[3][0], List.of(0, 1, 2), none, 9).forEachRemaining(parts::add);
        BatchSum sum = sum(parts, none, 3);
        assertThat(sum.values()).isEmpty();
        assertThat(sum.prompts()).isEqualTo(6);
    }

    @Test
    void aSliceThatOneBatchLacksIsAnError() {
        List<SlicePart> parts = new ArrayList<>();
        Slices slices = new Slices(4, 2);
        partition(new double[2][4], List.of(0, 1), slices, 0).forEachRemaining(parts::add);
        parts.remove(3);
        assertThatThrownBy(() -> sum(parts, slices, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Slice 1 of 2 has 1 batches, wanted 2; the run is not valid");
        parts.remove(1);
        assertThatThrownBy(() -> sum(parts, slices, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The sum has 1 slices, wanted 2; the run is not valid");
    }

    @Test
    void aSliceThatOneBatchHasTwiceIsAnError() {
        List<SlicePart> parts = new ArrayList<>();
        Slices slices = new Slices(4, 2);
        partition(new double[2][4], List.of(0, 1), slices, 9).forEachRemaining(parts::add);
        PartialSums again = partition(new double[2][4], List.of(1), slices, 9);
        again.next();
        parts.add(again.next());
        assertThatThrownBy(() -> sum(parts, slices, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Batch 1 was added twice");
    }

    private static PartialSums partition(double[][] values, List<Integer> batches, Slices slices, int room) {
        return new PartialSums(
                batches.stream()
                        .map(index -> BatchBlock.of(vector(values, index)))
                        .iterator(),
                slices,
                () -> room,
                GrownBlocks.UNSEEN);
    }

    private static BatchVector vector(double[][] values, int index) {
        return new BatchVector(index, 2, values[index].clone());
    }

    /** Of copies, since totals take over what they are given. */
    private static BatchSum sum(List<SlicePart> parts, Slices slices, int batches) {
        SlicedSum sum = new SlicedSum(slices, batches);
        new FinishedSlices(parts.stream()
                        .sorted(Comparator.comparing(SlicePart::key))
                        .map(part -> new SlicePart(
                                part.key(), part.total().range(0, part.total().finish().length)))
                        .iterator())
                .forEachRemaining(sum::add);
        return sum.finish();
    }

    /** In the order of their indices or in any, cut anywhere. */
    private static List<List<Integer>> partitions(int batches, Random random) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, batches).boxed().toList());
        if (random.nextBoolean()) {
            Collections.shuffle(order, random);
        }
        List<List<Integer>> partitions = new ArrayList<>();
        for (int start = 0; start < batches; ) {
            int end = Math.min(batches, start + 1 + random.nextInt(batches));
            partitions.add(order.subList(start, end));
            start = end;
        }
        return partitions;
    }
}
