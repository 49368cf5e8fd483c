package io.edgewise.jobs.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.jobs.command.SharedSpark;
import io.edgewise.score.mask.TrainingPoint;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainingTableTest {
    private static final TrainingPoint FIRST = new TrainingPoint(1, 1, 0.75, 0.5, 0.25, 20, Double.NaN);
    private static final TrainingPoint SECOND = new TrainingPoint(2, 1, 0.5, 0.375, 0.125, 10, 0.625);

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        SharedSpark.stop();
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private static List<TrainingTable.Curve> read(TrainingTable.Curve... curves) {
        return TrainingTable.curves(TrainingTable.of(spark, List.of(curves)));
    }

    @Test
    void aTrainingWithoutASizeOrValidationIsReadAsItWasWritten() {
        TrainingTable.Curve curve = new TrainingTable.Curve(null, List.of(FIRST, SECOND));
        assertThat(read(curve)).containsExactly(curve);
    }

    @Test
    void trainingsForSeveralSizesAreReadBySize() {
        TrainingTable.Curve small = new TrainingTable.Curve(9, List.of(FIRST));
        TrainingTable.Curve large = new TrainingTable.Curve(100, List.of(FIRST, SECOND));
        assertThat(read(large, small)).containsExactly(small, large);
    }
}
