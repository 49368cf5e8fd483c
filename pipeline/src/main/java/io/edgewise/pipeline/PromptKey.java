package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.sha2;

import org.apache.spark.sql.Column;

/** A key that is the same in every run and file: the SHA-256 of the clean prompt's token ids, written with commas between them, in hexadecimal. */
public final class PromptKey {
    /** The name of its column. */
    public static final String NAME = "key";

    private PromptKey() {}

    /** The key of a row of parsed prompts. */
    static Column of() {
        return sha2(concat_ws(",", col("clean").cast("array<string>")), 256);
    }
}
