package io.edgewise.spark.kept;

import io.edgewise.reduce.BatchBlock;
import org.apache.spark.api.java.function.Function;

/** A function that reads kept blocks. */
public record ReadKept(KeptBlocks kept) implements Function<BlockName, BatchBlock> {
    @Override
    public BatchBlock call(BlockName block) {
        return kept.read(block);
    }
}
