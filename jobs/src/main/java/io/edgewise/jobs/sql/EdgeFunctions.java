package io.edgewise.jobs.sql;

import io.edgewise.InputException;
import io.edgewise.spark.sql.InCircuit;
import io.edgewise.spark.sql.NameEdge;
import io.edgewise.spark.sql.NameFunction;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Function1;
import scala.Option;
import scala.Some;
import scala.Tuple3;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scala.runtime.BoxedUnit;

/**
 * SQL functions on edges, listed in {@code docs/sql.md}. A program registers them; without a program,
 * {@code spark.sql.extensions=io.edgewise.jobs.sql.EdgeFunctions} adds them.
 */
public final class EdgeFunctions implements Function1<SparkSessionExtensions, BoxedUnit> {
    private static final String EDGE_NAME = "edge_name";
    private static final String IN_CIRCUIT = "in_circuit";

    /** Registers the functions in a session. */
    public static void register(SparkSession spark) {
        for (NameFunction function : NameFunction.values()) {
            spark.udf().register(name(function), function, function.result());
        }
        spark.udf().register(EDGE_NAME, new NameEdge(), DataTypes.StringType);
        spark.udf().register(IN_CIRCUIT, new InCircuit(), DataTypes.BooleanType);
    }

    /** Registers the functions in every session that Spark creates. */
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (NameFunction function : NameFunction.values()) {
            inject(extensions, new Named(name(function), 1, function, function.result()));
        }
        inject(extensions, new Named(EDGE_NAME, 3, new NameEdge(), DataTypes.StringType));
        inject(extensions, new Named(IN_CIRCUIT, 2, new InCircuit(), DataTypes.BooleanType));
        return BoxedUnit.UNIT;
    }

    private static String name(NameFunction function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    /** @param function a Scala function of that many arguments */
    private record Named(String name, int arguments, Object function, DataType result) {
        void check(int given) {
            if (given != arguments) {
                throw new InputException(name + " wants " + arguments + (arguments == 1 ? " argument" : " arguments")
                        + ", got " + given);
            }
        }
    }

    private static void inject(SparkSessionExtensions extensions, Named named) {
        List<Option<ExpressionEncoder<?>>> asTheyAre = List$.MODULE$.empty();
        extensions.injectFunction(new Tuple3<>(
                new FunctionIdentifier(named.name()),
                new ExpressionInfo(named.function().getClass().getName(), named.name()),
                arguments -> {
                    named.check(arguments.size());
                    return new ScalaUDF(
                            named.function(),
                            named.result(),
                            arguments,
                            asTheyAre,
                            Option.empty(),
                            new Some<>(named.name()),
                            true,
                            true);
                }));
    }
}
