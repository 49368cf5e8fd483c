package io.edgewise.reduce;

/** A listener that is shown every block of batches that grew, each time by one batch. */
@FunctionalInterface
public interface GrownBlocks {
    /** Looks at none. */
    GrownBlocks UNSEEN = (batch, block) -> {};

    /**
     * Is told of a block that a batch made grow.
     *
     * @param batch the index of the batch that was added last
     * @param block the block it is in now; its vector belongs to a total, so look and don't keep
     */
    void accept(int batch, BatchBlock block);
}
