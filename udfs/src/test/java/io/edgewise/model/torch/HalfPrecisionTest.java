package io.edgewise.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalfPrecisionTest {
    @Test
    void a16BitNumberIsTheFloat32OfTheSameValue() {
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0x3c00)).isEqualTo(1);
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0xc000)).isEqualTo(-2);
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0x7bff)).isEqualTo(65504);
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0x8400)).isEqualTo(-0x1p-14f);
        assertThat(HalfPrecision.FLOAT16.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfPrecision.BFLOAT16.toFloat((short) 0x3f80)).isEqualTo(1);
        assertThat(HalfPrecision.BFLOAT16.toFloat((short) 0xc0a0)).isEqualTo(-5);
    }
}
