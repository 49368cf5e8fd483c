package io.edgewise.jobs.results;

import io.edgewise.score.mask.TrainingPoint;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code training/}: one row per step of the training of masks. {@code edges} is the sum of the masks that are in the circuit;
 * {@code validation_*} are measured at the end of an epoch, where validation prompts were given.
 */
public final class TrainingTable {
    private static final StructType SCHEMA = new StructType()
            .add("circuit_size", DataTypes.IntegerType)
            .add("step", DataTypes.IntegerType, false)
            .add("epoch", DataTypes.IntegerType, false)
            .add("loss", DataTypes.DoubleType, false)
            .add("faithfulness", DataTypes.DoubleType, false)
            .add("regularizer", DataTypes.DoubleType, false)
            .add("edges", DataTypes.DoubleType, false)
            .add("validation_loss", DataTypes.DoubleType)
            .add("validation_faithfulness", DataTypes.DoubleType);

    private TrainingTable() {}

    /**
     * One training.
     *
     * @param circuitSize the size of the circuit that it was for; null where it wasn't for one
     */
    public record Curve(@Nullable Integer circuitSize, List<TrainingPoint> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    public static Dataset<Row> of(SparkSession spark, List<Curve> curves) {
        List<Row> rows = curves.stream()
                .flatMap(curve -> curve.points().stream().map(point -> row(curve, point)))
                .toList();
        return spark.createDataFrame(rows, SCHEMA).coalesce(1);
    }

    /** The trainings of a table, by the size of their circuit. */
    public static List<Curve> curves(Dataset<Row> table) {
        List<Row> steps = table.orderBy("circuit_size", "step").collectAsList();
        List<@Nullable Integer> sizes = steps.stream()
                .<@Nullable Integer>map(row -> row.getAs("circuit_size"))
                .distinct()
                .toList();
        return sizes.stream()
                .map(size -> new Curve(
                        size,
                        steps.stream()
                                .filter(row -> Objects.equals(row.getAs("circuit_size"), size))
                                .map(TrainingTable::point)
                                .toList()))
                .toList();
    }

    private static TrainingPoint point(Row row) {
        Double validation = row.getAs("validation_faithfulness");
        return new TrainingPoint(
                row.<Integer>getAs("step"),
                row.<Integer>getAs("epoch"),
                row.<Double>getAs("loss"),
                row.<Double>getAs("faithfulness"),
                row.<Double>getAs("regularizer"),
                row.<Double>getAs("edges"),
                validation == null ? Double.NaN : validation);
    }

    private static Row row(Curve curve, TrainingPoint point) {
        return RowFactory.create(
                curve.circuitSize(),
                point.step(),
                point.epoch(),
                point.loss(),
                point.faithfulness(),
                point.regularizer(),
                point.edges(),
                Known.orNull(point.validation() + point.regularizer()),
                Known.orNull(point.validation()));
    }
}
