package io.edgewise.spark.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.model.torch.Hardware;
import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchTotal;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.PartialSums;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.model.HardwareHere;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptBlocksTest {
    private static final int LENGTH = 5;
    private static final HardwareHere HERE = () -> new Hardware("AMD EPYC", "AVX512", false, 1, null);
    private static final HardwareHere ELSEWHERE = () -> new Hardware("Intel Xeon", "AVX512", false, 1, null);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 100})
    void stoppedAnywhereTheBlocksThatStayAndTheRestGiveTheSameBits(int batches) {
        double[][] values = values(batches);
        double[] expected =
                total(values, IntStream.range(0, batches).boxed().toList()).finish();
        Random random = new Random(batches);
        for (int stop :
                IntStream.of(0, 1, batches / 2, batches - 1, batches).distinct().toArray()) {
            KeptBlocks kept = new KeptBlocks(directory.resolve("stop" + stop).toString(), LENGTH, HERE);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, batches).boxed().toList());
            Collections.shuffle(order, random);
            run(values, order.subList(0, stop), kept);
            BatchTotal total = total(values, order.subList(stop, batches));
            List<BlockName> largest = BlockName.largest(kept.listed());
            assertThat(largest.stream().mapToInt(BlockName::batches).sum()).isEqualTo(stop);
            largest.forEach(block -> total.add(kept.read(block)));
            assertThat(total.finish()).containsExactly(expected);
        }
    }

    @Test
    void aBlockTakesThePlaceOfItsHalves() {
        KeptBlocks kept = new KeptBlocks(directory.toString(), LENGTH, HERE);
        run(values(100), IntStream.range(0, 100).boxed().toList(), kept);
        assertThat(kept.listed())
                .containsExactlyInAnyOrder(new BlockName(0, 6), new BlockName(64, 5), new BlockName(96, 2));
    }

    @Test
    void ofABlockAndItsPartsTheBlockCounts() {
        List<BlockName> blocks = List.of(
                new BlockName(3, 0),
                new BlockName(0, 1),
                new BlockName(4, 0),
                new BlockName(0, 2),
                new BlockName(6, 1));
        assertThat(BlockName.largest(blocks))
                .containsExactly(new BlockName(0, 2), new BlockName(4, 0), new BlockName(6, 1));
    }

    @Test
    void whatIsBrokenInAnyByteOrCutShortIsNotWhole() throws IOException {
        KeptBlocks kept = new KeptBlocks(directory.toString(), LENGTH, HERE);
        BlockName name = new BlockName(0, 0);
        run(values(1), List.of(0), kept);
        Path file = directory.resolve("batches-0-0");
        byte[] whole = Files.readAllBytes(file);
        assertThat(kept.isWhole(name)).isTrue();
        for (int place = 0; place < whole.length; place++) {
            byte[] broken = whole.clone();
            broken[place] ^= 1;
            Files.write(file, broken);
            assertThat(kept.isWhole(name)).as("byte " + place).isFalse();
            Files.write(file, Arrays.copyOf(whole, place));
            assertThat(kept.isWhole(name)).as(place + " bytes").isFalse();
        }
        Files.write(file, whole);
        assertThat(kept.isWhole(name)).isTrue();
    }

    @Test
    void aBlockOfAnotherRunOrNameIsNotUsed() throws IOException {
        KeptBlocks kept = new KeptBlocks(directory.toString(), LENGTH, HERE);
        run(values(1), List.of(0), kept);
        assertThat(new KeptBlocks(directory.toString(), LENGTH + 1, HERE).isWhole(new BlockName(0, 0)))
                .isFalse();
        Files.copy(directory.resolve("batches-0-0"), directory.resolve("batches-1-0"));
        assertThatThrownBy(() -> kept.read(new BlockName(1, 0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageEndingWith("batches-1-0: it holds other batches than its name says");
    }

    @Test
    void aBlockOfOtherHardwareIsNotUsedButWhereBothAreReproducible() {
        run(values(1), List.of(0), new KeptBlocks(directory.toString(), LENGTH, HERE));
        KeptBlocks elsewhere = new KeptBlocks(directory.toString(), LENGTH, ELSEWHERE);
        assertThat(elsewhere.isWhole(new BlockName(0, 0))).isFalse();
        assertThat(elsewhere.read(new BlockName(0, 0)).batches()).isEqualTo(1);
        Path held = directory.resolve("held");
        run(values(1), List.of(0), new KeptBlocks(held.toString(), LENGTH, reproducible("AMD EPYC")));
        assertThat(new KeptBlocks(held.toString(), LENGTH, reproducible("Intel Xeon")).isWhole(new BlockName(0, 0)))
                .isTrue();
    }

    private static HardwareHere reproducible(String cpu) {
        return () -> new Hardware(cpu, "AVX2", true, 1, null);
    }

    @Test
    void otherFilesAreNoBlocks() throws IOException {
        for (String name : List.of("batches-1-0.crc", ".batches-0-0.8d2c", "batches-0-99", "batches--1-0", "notes")) {
            Files.createFile(directory.resolve(name));
        }
        assertThat(new KeptBlocks(directory.toString(), LENGTH, HERE).listed()).isEmpty();
        assertThat(new KeptBlocks(directory.resolve("none").toString(), LENGTH, HERE).listed())
                .isEmpty();
    }

    private static void run(double[][] values, List<Integer> batches, KeptBlocks kept) {
        PartialSums sums = new PartialSums(
                batches.stream()
                        .map(index -> BatchBlock.of(vector(values, index)))
                        .iterator(),
                new Slices(LENGTH, 2),
                () -> Integer.MAX_VALUE,
                kept);
        sums.forEachRemaining(part -> {});
    }

    private static BatchTotal total(double[][] values, List<Integer> batches) {
        BatchTotal total = new BatchTotal();
        batches.forEach(index -> total.add(vector(values, index)));
        return total;
    }

    private static double[][] values(int batches) {
        Random random = new Random(1);
        return IntStream.range(0, batches)
                .mapToObj(batch -> random.doubles(LENGTH)
                        .map(value -> (value - 0.5) * Math.pow(10, random.nextInt(20)))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static BatchVector vector(double[][] values, int index) {
        return new BatchVector(index, 1, values[index].clone());
    }
}
