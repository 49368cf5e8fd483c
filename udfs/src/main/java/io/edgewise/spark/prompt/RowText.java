package io.edgewise.spark.prompt;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;

import io.edgewise.prompt.PromptText;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A function from a table's rows, one column per field, to prompts. Binary columns are read as text; a row whose bytes aren't UTF-8 can't be used.
 */
public record RowText() implements Function<Row, BlockText> {
    private static final UserDefinedFunction IS_UTF8 = udf(new IsUtf8(), DataTypes.BooleanType);

    public static JavaRDD<BlockText> of(Dataset<Row> table) {
        List<Column> columns = new ArrayList<>();
        Column isText = lit(true);
        for (StructField field : table.schema().fields()) {
            DataType type = texts(field.dataType());
            Column column =
                    table.col("`" + field.name().replace("`", "``") + "`").cast(type);
            columns.add(column.as(field.name()));
            isText = isText.and(isText(column, type));
        }
        return table.select(BlockText.columns(to_json(struct(columns.toArray(new Column[0]))), isText))
                .javaRDD()
                .map(new RowText());
    }

    /** The type with strings in place of binary; the strings keep the bytes. */
    private static DataType texts(DataType type) {
        if (type instanceof ArrayType array) {
            return DataTypes.createArrayType(texts(array.elementType()), array.containsNull());
        }
        if (type instanceof StructType struct) {
            StructType fields = new StructType();
            for (StructField field : struct.fields()) {
                fields = fields.add(field.name(), texts(field.dataType()), field.nullable());
            }
            return fields;
        }
        return type.equals(DataTypes.BinaryType) ? DataTypes.StringType : type;
    }

    private static Column isText(Column column, DataType type) {
        if (type instanceof ArrayType array) {
            return coalesce(forall(column, element -> isText(element, array.elementType())), lit(true));
        }
        if (type instanceof StructType struct) {
            Column isText = lit(true);
            for (StructField field : struct.fields()) {
                isText = isText.and(isText(column.getField(field.name()), field.dataType()));
            }
            return isText;
        }
        return type.equals(DataTypes.StringType) ? IS_UTF8.apply(column.cast("binary")) : lit(true);
    }

    @Override
    public BlockText call(Row row) {
        String json = row.getString(0);
        return BlockText.of(row, row.getBoolean(1) ? PromptText.of(json) : new PromptText(json, "is not UTF-8"));
    }
}
