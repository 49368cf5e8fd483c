package io.edgewise.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.edgewise.TestDevice;
import io.edgewise.model.torch.TorchRuntime;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
    private static final float[] INPUTS = {-30, -2, -0.5f, 0, 1e-4f, 0.5f, 2, 30};

    @ParameterizedTest
    @EnumSource
    void theRatioTimesTheInputIsTheFunction(Activation activation) {
        TorchRuntime.start(1);
        try (NDManager manager = NDManager.newBaseManager(TestDevice.here(), "PyTorch")) {
            NDArray x = manager.create(INPUTS);
            float[] ratio = activation.ratio(x).toFloatArray();
            assertThat(ratio).doesNotContain(Float.NaN);
            assertArrayEquals(
                    activation.of(x).toFloatArray(),
                    x.mul(manager.create(ratio)).toFloatArray(),
                    1e-5f);
        }
    }

    /** At 0 the ratio is the function's slope there. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RELU")
    void theRatioHasALimitAtZero(Activation activation) {
        TorchRuntime.start(1);
        try (NDManager manager = NDManager.newBaseManager(TestDevice.here(), "PyTorch")) {
            NDArray x = manager.create(new float[] {0, 1e-3f});
            float[] ratio = activation.ratio(x).toFloatArray();
            assertThat(ratio[0]).isCloseTo(ratio[1], Offset.offset(2e-3f));
        }
    }
}
