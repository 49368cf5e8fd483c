package io.edgewise.spark.kept;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.reduce.BatchBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An iterator over the blocks of a task's batches. Finished blocks are used where all of their batches are the task's; the other batches
 * are run one by one. A lost executor loses its tasks' sums, but not their files.
 */
public final class KeptOrRun implements Iterator<BatchBlock> {
    private final Iterator<PromptBatch> batches;
    private final KeptBlocks kept;
    private final Function<PromptBatch, BatchBlock> run;
    private final Map<Integer, BlockName> blocks = new HashMap<>();
    private final Deque<PromptBatch> ahead = new ArrayDeque<>();

    /** @param batches in the order of their indices */
    public KeptOrRun(Iterator<PromptBatch> batches, KeptBlocks kept, Function<PromptBatch, BatchBlock> run) {
        this.batches = batches;
        this.kept = kept;
        this.run = run;
        BlockName.largest(kept.listed()).forEach(block -> blocks.put(block.first(), block));
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty() || batches.hasNext();
    }

    @Override
    public BatchBlock next() {
        PromptBatch first = ahead.isEmpty() ? batches.next() : ahead.remove();
        BlockName block = blocks.remove(first.index());
        Optional<BatchBlock> whole = block != null && isAhead(block) ? kept.whole(block) : Optional.empty();
        if (whole.isEmpty()) {
            return run.apply(first);
        }
        for (long rest = 1; rest < whole.get().batches(); rest++) {
            ahead.remove();
        }
        return whole.get();
    }

    /** Whether all batches of a block but the first come next. */
    private boolean isAhead(BlockName block) {
        while (ahead.size() < block.batches() - 1 && batches.hasNext()) {
            ahead.add(batches.next());
        }
        int expected = block.first() + 1;
        for (PromptBatch batch : ahead) {
            if (expected == block.end()) {
                return true;
            }
            if (batch.index() != expected) {
                return false;
            }
            expected++;
        }
        return expected == block.end();
    }
}
