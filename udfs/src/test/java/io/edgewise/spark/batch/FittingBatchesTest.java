package io.edgewise.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.edgewise.InputException;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittingBatchesTest {
    private static final PromptBatch TEN = PromptBatch.of(
            3,
            IntStream.range(0, 10)
                    .mapToObj(id ->
                            new PromptPair(List.of(id), List.of(id + 10), new Answers.Unused(), new Answers.Unused()))
                    .toList());

    private final List<List<Integer>> runs = new ArrayList<>();

    @Test
    void whatFitsRunsWhole() {
        BatchVector vector = fitting(PieceSizes.WHOLE, 10, Set.of()).run(TEN);
        assertThat(runs).containsExactly(List.of(10));
        assertThat(vector.values()).containsExactly(45);
        assertThat(vector.notes()).isEqualTo(BatchNotes.NONE);
    }

    @Test
    void whatWasReckonedNotToFitRunsInPiecesOfAboutTheSameSize() {
        BatchVector vector = fitting(new PieceSizes(Map.of(1, 4)), 10, Set.of()).run(TEN);
        assertThat(runs).containsExactly(List.of(3, 3, 4));
        assertThat(vector.values()).containsExactly(45);
        assertThat(vector.notes()).isEqualTo(new BatchNotes(1, List.of()));
    }

    @Test
    void wherePyTorchFindsNoMemoryPiecesAreHalvedUntilTheyFit() {
        BatchVector vector = fitting(PieceSizes.WHOLE, 2, Set.of()).run(TEN);
        assertThat(runs).containsExactly(List.of(10), List.of(5, 5), List.of(2, 3, 2, 3), List.of(2, 2, 2, 2, 2));
        assertThat(vector.values()).containsExactly(45);
        assertThat(vector.prompts()).isEqualTo(10);
        assertThat(vector.notes().split()).isEqualTo(1);
    }

    @Test
    void aPromptThatDoesNotFitAloneIsLeftOutAndNoted() {
        BatchVector vector = fitting(PieceSizes.WHOLE, 10, Set.of(4, 7)).run(TEN);
        assertThat(vector.values()).containsExactly(45 - 4 - 7);
        assertThat(vector.prompts()).isEqualTo(8);
        assertThat(vector.notes()).isEqualTo(new BatchNotes(1, List.of(new Unfit(3, 4), new Unfit(3, 7))));
    }

    @Test
    void whereNoPromptFitsTheRunEndsWithAClearLine() {
        FittingBatches fitting = fitting(PieceSizes.WHOLE, 0, Set.of());
        assertThatThrownBy(() -> fitting.run(TEN))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("No prompt of batch 3, of 1 tokens, fits into memory, even alone; ");
    }

    @Test
    void otherFailuresOfPyTorchArePassedOn() {
        FittingBatches fitting = new FittingBatches(PieceSizes.WHOLE, pieces -> {
            throw new EngineException("shapes don't match");
        });
        assertThatThrownBy(() -> fitting.run(TEN))
                .isInstanceOf(EngineException.class)
                .hasMessage("shapes don't match");
    }

    @Test
    void pyTorchsWordsForWantOfMemoryAreKnown() {
        for (String message : List.of(
                "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.10 GiB",
                "[enforce fail at alloc_cpu.cpp:115] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate"
                        + " 4096 bytes. Error code 12 (Cannot allocate memory)",
                "[enforce fail at alloc_cpu.cpp:80] data. DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes.")) {
            assertThat(FittingBatches.isOutOfMemory(new EngineException(message)))
                    .isTrue();
        }
    }

    /** Adds token ids up, on a device that holds so many prompts at once, but none of the ids that are too large. */
    private FittingBatches fitting(PieceSizes sizes, int most, Set<Integer> tooLarge) {
        Function<BatchPieces, BatchVector> work = pieces -> {
            runs.add(pieces.pieces().stream().map(PromptBatch::size).toList());
            double sum = 0;
            for (PromptBatch piece : pieces.pieces()) {
                List<Integer> ids =
                        piece.pairs().stream().map(pair -> pair.clean().get(0)).toList();
                if (ids.size() > most || ids.stream().anyMatch(tooLarge::contains)) {
                    throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.");
                }
                sum += ids.stream().mapToInt(Integer::intValue).sum();
            }
            return new BatchVector(pieces.whole().index(), pieces.whole().size(), new double[] {sum});
        };
        return new FittingBatches(sizes, work);
    }
}
