package io.edgewise;

import ai.djl.Device;
import io.edgewise.spark.model.DeviceRule;
import java.util.Locale;

/** Where the models of tests compute: the processor, or with {@code -Dedgewise.device=gpu} the first GPU. */
public final class TestDevice {
    private static final DeviceRule RULE =
            DeviceRule.valueOf(System.getProperty("edgewise.device", "cpu").toUpperCase(Locale.ROOT));

    /** Asked for by every model, so that a GPU that isn't there fails each test by itself. */
    public static Device here() {
        return RULE.here(1);
    }

    private TestDevice() {}
}
