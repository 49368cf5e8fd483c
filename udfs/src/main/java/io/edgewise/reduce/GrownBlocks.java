package io.edgewise.reduce;

/** A listener that is called for every block of batches that grew by a batch. */
@FunctionalInterface
public interface GrownBlocks {
    /** A listener that does nothing. */
    GrownBlocks UNSEEN = (batch, block) -> {};

    /**
     * Called when a batch has been added to a block.
     *
     * @param batch the index of the batch that was added last
     * @param block the block it is in now; its vector belongs to a total, so it must not be kept
     */
    void accept(int batch, BatchBlock block);
}
