package io.edgewise.spark.batch;

import ai.djl.engine.EngineException;
import io.edgewise.InputException;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.BatchVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A function that runs batches in pieces that fit into memory. Pieces have the estimated size, which is halved each time PyTorch still runs
 * out of memory. A prompt that doesn't fit even alone is left out and noted.
 *
 * @param work the work on a batch
 */
record FittingBatches(PieceSizes sizes, Function<BatchPieces, BatchVector> work) {
    private static final Logger LOG = LoggerFactory.getLogger(FittingBatches.class);
    private static final String BATCH = "mdc.batch";

    BatchVector run(PromptBatch batch) {
        MDC.put(BATCH, String.valueOf(batch.index()));
        try {
            return run(batch, Math.min(batch.size(), sizes.of(batch.length())));
        } finally {
            MDC.remove(BATCH);
        }
    }

    private BatchVector run(PromptBatch batch, int planned) {
        for (int most = planned; ; most = (most + 1) / 2) {
            try {
                return noted(work.apply(BatchPieces.of(batch, most)), most < batch.size(), List.of());
            } catch (EngineException e) {
                if (!isOutOfMemory(e)) {
                    throw e;
                }
                LOG.warn("{} prompts of {} tokens don't fit into memory at once", most, batch.length());
                if (most == 1) {
                    return runFitting(batch);
                }
            }
        }
    }

    private BatchVector runFitting(PromptBatch batch) {
        List<Unfit> unfit = new ArrayList<>();
        List<PromptBatch> fitting = new ArrayList<>();
        for (int place = 0; place < batch.size(); place++) {
            PromptBatch alone = batch.part(place, place + 1);
            if (fits(alone)) {
                fitting.add(alone);
            } else {
                unfit.add(new Unfit(batch.index(), place));
            }
        }
        if (fitting.isEmpty()) {
            throw new InputException("No prompt of batch " + batch.index() + ", of " + batch.length()
                    + " tokens, fits into memory, even alone; give executors more memory, or leave out such prompts");
        }
        PromptBatch rest = batch.of(IntStream.range(0, batch.size())
                .filter(place -> !unfit.contains(new Unfit(batch.index(), place)))
                .mapToObj(batch.pairs()::get)
                .toList());
        return noted(work.apply(new BatchPieces(rest, fitting)), true, unfit);
    }

    private boolean fits(PromptBatch alone) {
        try {
            return work.apply(BatchPieces.whole(alone)).prompts() == 1;
        } catch (EngineException e) {
            if (isOutOfMemory(e)) {
                return false;
            }
            throw e;
        }
    }

    private static BatchVector noted(BatchVector vector, boolean isSplit, List<Unfit> unfit) {
        return isSplit ? vector.with(vector.notes().with(new BatchNotes(1, unfit))) : vector;
    }

    /** Whether PyTorch ran out of memory, by its messages on CUDA devices and on the processor. */
    static boolean isOutOfMemory(EngineException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("out of memory")
                || message.contains("not enough memory")
                || message.contains("can't allocate memory");
    }
}
