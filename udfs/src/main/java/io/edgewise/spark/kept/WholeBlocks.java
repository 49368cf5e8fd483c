package io.edgewise.spark.kept;

import org.apache.spark.api.java.function.Function;

/** A filter that leaves out blocks whose files are broken or from other hardware. */
public record WholeBlocks(KeptBlocks kept) implements Function<BlockName, Boolean> {
    @Override
    public Boolean call(BlockName block) {
        return kept.isWhole(block);
    }
}
