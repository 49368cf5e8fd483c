package io.edgewise.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.edgewise.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDeviceTest {

    @Test
    void aTaskComputesOnTheGpuThatItWasGiven() {
        assertThat(device(4, "2", "3").choose(DeviceRule.AUTO)).isEqualTo(Device.gpu(2));
        assertThat(device(4, "3").choose(DeviceRule.GPU)).isEqualTo(Device.gpu(3));
    }

    @Test
    void givenNoneItComputesOnTheProcessorUnlessAGpuIsAskedFor() {
        assertThat(device(4).choose(DeviceRule.AUTO)).isEqualTo(Device.cpu());
        assertThat(device(4).choose(DeviceRule.GPU)).isEqualTo(Device.gpu(0));
        assertThat(device(0, "1").choose(DeviceRule.CPU)).isEqualTo(Device.cpu());
    }

    @Test
    void aGpuThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> device(0, "1").choose(DeviceRule.AUTO))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Spark gave executor 7 GPU 1, but PyTorch sees none there: ");
        assertThatThrownBy(() -> device(2, "2").choose(DeviceRule.GPU))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Spark gave executor 7 GPU 2, but PyTorch sees only 2 there: ");
        assertThatThrownBy(() -> device(0).choose(DeviceRule.GPU))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--device gpu wants GPU 0, but PyTorch sees none there: ");
    }

    @Test
    void anAddressThatIsNoNumberIsShown() {
        assertThatThrownBy(() -> device(8, "MIG-3f2a").choose(DeviceRule.AUTO))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Spark gave executor 7 the GPU address \"MIG-3f2a\"; wanted a number: ");
    }

    private static TaskDevice device(int visible, String... addresses) {
        return new TaskDevice(List.of(addresses), () -> visible, "executor 7");
    }
}
