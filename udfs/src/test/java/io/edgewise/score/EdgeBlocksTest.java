package io.edgewise.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgewise.Golden;
import io.edgewise.graph.ModelGraph;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class EdgeBlocksTest {
    private static final ModelGraph GRAPH = Golden.of("tiny-gpt2/tok").model().graph();

    @Test
    void everyEdgeIsInOneBlock() {
        BitSet wanted = new BitSet();
        for (int edge = 0; edge < GRAPH.edgeCount(); edge += edge % 7 == 0 ? 2 : 1) {
            wanted.set(edge);
        }
        EdgeBlocks blocks = new EdgeBlocks(wanted);
        BitSet all = new BitSet();
        for (int index = 0; index < blocks.count(); index++) {
            BitSet block = blocks.block(index);
            assertThat(block.cardinality()).isBetween(1, EdgeBlocks.SIZE);
            assertThat(block.intersects(all)).isFalse();
            all.or(block);
        }
        assertThat(blocks.count()).isEqualTo(2);
        assertThat(all).isEqualTo(wanted);
    }

    /** Of two blocks: an edge into the first runs one and a half, one into the second half of one, one into the end none. */
    @Test
    void anEdgeCostsTheBlocksFromItsDestinationOn() {
        ModelGraph graph = Golden.tinyGpt2().model().graph();
        BitSet one = new BitSet();
        one.set(0);
        assertThat(new EdgeBlocks(one).forwards(graph, 2)).isCloseTo(0.75, within(1e-12));
        one.set(graph.edgeCount() - 1);
        assertThat(new EdgeBlocks(one).forwards(graph, 2)).isCloseTo(0.75, within(1e-12));
        one.set(graph.end().offset() - 1);
        assertThat(new EdgeBlocks(one).forwards(graph, 2)).isCloseTo(1, within(1e-12));
    }
}
