package io.edgewise.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.model.torch.Hardware;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ReproducibleSettingsTest {
    private static final String VARIABLE = "spark.executorEnv.";

    /** What a run calls reproducible is what conf/spark/reproducible.conf, and so EDGEWISE_REPRODUCIBLE=1, makes of its executors. */
    @Test
    void theSettingsHoldEveryLibraryThatARunLooksAt() throws IOException {
        Properties settings = new Properties();
        try (FileInputStream file = new FileInputStream("../conf/spark/reproducible.conf")) {
            settings.load(file);
        }
        Hardware.REPRODUCIBLE.forEach((variable, value) -> assertThat(settings.getProperty(VARIABLE + variable))
                .as(variable)
                .isEqualTo(value));
        assertThat(settings).containsEntry("spark.task.cpus", "1");
    }
}
