package io.edgewise.spark.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.model.torch.Hardware;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.PartialSums;
import io.edgewise.reduce.Slices;
import io.edgewise.spark.model.HardwareHere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches 8 to 19 are a task's; another attempt at it, or a task of other batches, kept some. */
class KeptOrRunTest {
    private static final HardwareHere HERE = () -> new Hardware("a processor", "AVX2", false, 1, null);

    @TempDir
    private Path directory;

    private final List<Integer> run = new ArrayList<>();
    private KeptBlocks kept = new KeptBlocks("", 1, HERE);

    @BeforeEach
    void keepIn() {
        kept = new KeptBlocks(directory.toString(), 1, HERE);
    }

    @Test
    void withoutKeptBlocksAllAreRun() {
        assertThat(blocks()).containsExactlyElementsOf(names(8, 20));
        assertThat(run).containsExactlyElementsOf(IntStream.range(8, 20).boxed().toList());
    }

    @Test
    void whatAnotherAttemptFinishedIsTakenFromItsFiles() {
        keep(8, 15);
        assertThat(blocks())
                .startsWith(new BlockName(8, 2), new BlockName(12, 1), new BlockName(14, 0), new BlockName(15, 0));
        assertThat(run).containsExactly(15, 16, 17, 18, 19);
    }

    @Test
    void blocksThatReachBeyondTheTasksBatchesAreNotUsed() {
        keep(0, 16);
        keep(16, 24);
        assertThat(blocks()).containsExactlyElementsOf(names(8, 20));
        assertThat(run).hasSize(12);
    }

    @Test
    void brokenBlocksAreRunAgain() throws IOException {
        keep(8, 12);
        keep(16, 20);
        Files.write(directory.resolve("batches-8-2"), new byte[20]);
        assertThat(blocks()).endsWith(new BlockName(15, 0), new BlockName(16, 2));
        assertThat(run).containsExactly(8, 9, 10, 11, 12, 13, 14, 15);
    }

    private List<BlockName> blocks() {
        List<BlockName> blocks = new ArrayList<>();
        List<PromptBatch> batches =
                IntStream.range(8, 20).mapToObj(KeptOrRunTest::batch).toList();
        new KeptOrRun(batches.iterator(), kept, batch -> {
                    run.add(batch.index());
                    return block(batch.index());
                })
                .forEachRemaining(block -> {
                    assertThat(block.sum())
                            .containsExactly(IntStream.range(block.first(), (int) block.end())
                                    .sum());
                    blocks.add(new BlockName(block.first(), block.level()));
                });
        return blocks;
    }

    private void keep(int first, int end) {
        new PartialSums(
                        IntStream.range(first, end)
                                .mapToObj(KeptOrRunTest::block)
                                .iterator(),
                        new Slices(1, 1),
                        () -> Integer.MAX_VALUE,
                        kept)
                .forEachRemaining(part -> {});
    }

    private static BatchBlock block(int index) {
        return BatchBlock.of(new BatchVector(index, 1, new double[] {index}));
    }

    private static List<BlockName> names(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(index -> new BlockName(index, 0))
                .toList();
    }

    private static PromptBatch batch(int index) {
        return PromptBatch.of(
                index, List.of(new PromptPair(List.of(1), List.of(2), new Answers.Unused(), new Answers.Unused())));
    }
}
