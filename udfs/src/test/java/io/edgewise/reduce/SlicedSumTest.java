package io.edgewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SlicedSumTest {
    private final SlicedSum sum = new SlicedSum(new Slices(5, 2), 3);

    @Test
    void slicesAreRangesOfElementsTheLastOneShorter() {
        sum.add(new SliceSum(0, 3, 12, new double[] {1, 2}, BatchNotes.NONE));
        sum.add(new SliceSum(1, 3, 12, new double[] {3, 4}, BatchNotes.NONE));
        sum.add(new SliceSum(2, 3, 12, new double[] {5}, BatchNotes.NONE));
        assertThat(sum.finish().values()).containsExactly(1, 2, 3, 4, 5);
        assertThat(sum.finish().prompts()).isEqualTo(12);
    }

    @Test
    void allLengthsAreCovered() {
        for (int length = 1; length < 20; length++) {
            for (int each = 1; each < 25; each++) {
                Slices slices = new Slices(length, each);
                int end = 0;
                for (int slice = 0; slice < slices.count(); slice++) {
                    assertThat(slices.start(slice)).isEqualTo(end);
                    end = slices.end(slice);
                    assertThat(end - slices.start(slice)).isBetween(1, each);
                }
                assertThat(end).isEqualTo(length);
            }
        }
        Slices largest = Slices.of(Integer.MAX_VALUE);
        assertThat(largest.end(largest.count() - 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Slices.of(32_768).count()).isEqualTo(1);
        assertThat(Slices.of(32_769).count()).isEqualTo(2);
    }

    @Test
    void aSumThatIsNotOfAllBatchesIsAnError() {
        sum.add(new SliceSum(0, 3, 12, new double[2], BatchNotes.NONE));
        assertThatThrownBy(() -> sum.add(new SliceSum(1, 2, 12, new double[2], BatchNotes.NONE)))
                .hasMessage("Slice 1 of 3 has 2 batches, wanted 3; the run is not valid");
        assertThatThrownBy(() -> sum.add(new SliceSum(1, 3, 11, new double[2], BatchNotes.NONE)))
                .hasMessage("Slice 1 of 3 has 11 prompts, the slices before it 12; the run is not valid");
        assertThatThrownBy(() -> sum.add(new SliceSum(1, 3, 12, new double[1], BatchNotes.NONE)))
                .hasMessage("Slice 1 of 3 has 1 numbers, wanted 2; the run is not valid");
        assertThatThrownBy(() -> sum.add(new SliceSum(2, 3, 12, new double[1], BatchNotes.NONE)))
                .hasMessage("Slice 1 of 3 is missing: got 2; the run is not valid");
        assertThatThrownBy(sum::finish).hasMessage("The sum has 1 slices, wanted 3; the run is not valid");
    }
}
