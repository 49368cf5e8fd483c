package io.edgewise.jobs.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.json.StrictJson;
import io.edgewise.prompt.AnswerKind;
import io.edgewise.spark.HadoopSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * What the answers of prompt files are, told by the first prompt: numbers where one of its answers has a fraction, as token ids never have. A file
 * that can't be read has none; whoever reads it whole says why.
 */
public final class FirstAnswers {
    private static final String ANSWERS = "answers";

    private FirstAnswers() {}

    /** The kind of the answers of the first of some files. */
    public static AnswerKind kind(List<String> uris) {
        String uri = uris.get(0);
        try {
            return (PromptFormat.of(uri) == PromptFormat.PARQUET ? areFractions(column(uri)) : hasFractions(uri))
                    ? AnswerKind.VALUES
                    : AnswerKind.TOKENS;
        } catch (IOException | RuntimeException e) {
            return AnswerKind.TOKENS;
        }
    }

    /** Whether the first prompt of a file of JSON or JSONL has a fraction. */
    private static boolean hasFractions(String uri) throws IOException {
        try (InputStream in = new TextFile(uri).open();
                JsonParser json = StrictJson.parser(in)) {
            JsonToken first = json.nextToken();
            return (first == JsonToken.START_ARRAY ? json.nextToken() : first) == JsonToken.START_OBJECT
                    && hasFractions(json);
        }
    }

    /** The same of a parser at the beginning of a prompt, or of an object with {@code prompts}. */
    private static boolean hasFractions(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals(ANSWERS)) {
                return hasFraction(json.readValueAsTree());
            }
            if (field.equals("prompts") && value == JsonToken.START_ARRAY) {
                return json.nextToken() == JsonToken.START_OBJECT && hasFractions(json);
            }
            json.skipChildren();
        }
        return false;
    }

    private static boolean hasFraction(JsonNode answers) {
        return answers.isFloatingPointNumber()
                || StreamSupport.stream(answers.spliterator(), false).anyMatch(FirstAnswers::hasFraction);
    }

    /** The type of a table's answers. */
    private static Type column(String uri) throws IOException {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        Path file = path;
        for (FileStatus status : files.listStatus(path)) {
            if (status.getPath().getName().endsWith(".parquet")) {
                file = status.getPath();
            }
        }
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(file, HadoopSettings.current()))) {
            return reader.getFileMetaData().getSchema().getType(ANSWERS);
        }
    }

    /** Whether the elements of a list, or of lists of lists, are numbers with fractions. */
    private static boolean areFractions(Type type) {
        if (!type.isPrimitive()) {
            return areFractions(type.asGroupType().getType(0));
        }
        PrimitiveTypeName name = type.asPrimitiveType().getPrimitiveTypeName();
        return name == PrimitiveTypeName.FLOAT || name == PrimitiveTypeName.DOUBLE;
    }
}
