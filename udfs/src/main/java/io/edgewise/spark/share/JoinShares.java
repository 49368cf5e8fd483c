package io.edgewise.spark.share;

import io.edgewise.score.EdgeBlocks;
import io.edgewise.score.EdgeRange;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * A function that puts together what prompts add to the edges of all parts of their batch, in the batch's own file.
 *
 * @param parts the files of the parts, each with the edges of its block
 * @param whole the files of batches, with all edges; 0 is added to those in no block
 */
public record JoinShares(ShareFiles parts, ShareFiles whole, Broadcast<EdgeBlocks> blocks, SpreadBatches spread)
        implements VoidFunction<List<ShareFiles.BatchFile>> {
    @Override
    public void call(List<ShareFiles.BatchFile> files) {
        ShareFiles.BatchFile first = files.get(0);
        int prompts = first.prompts();
        long[] keys = new long[0];
        float[] numbers = new float[Math.multiplyExact(whole.edges(), prompts)];
        for (ShareFiles.BatchFile file : files) {
            ShareFiles.Shares shares = parts.read(file, new EdgeRange(0, parts.edges()));
            int[] edges =
                    blocks.value().block(file.batch() % spread.parts()).stream().toArray();
            for (int place = 0; place < edges.length; place++) {
                System.arraycopy(shares.numbers(), place * prompts, numbers, edges[place] * prompts, prompts);
            }
            keys = shares.keys();
        }
        whole.write(first.named(first.batch() / spread.parts()), keys, numbers);
    }
}
