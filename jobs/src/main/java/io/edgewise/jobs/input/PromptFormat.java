package io.edgewise.jobs.input;

import java.util.Locale;

/** The formats of prompt files, told by the end of their names. */
enum PromptFormat {
    /** An object on each line. */
    JSONL,
    /** A column for each field. */
    PARQUET,
    /** A header with the fields' names, and a row of texts for each prompt. */
    CSV,
    /** One JSON document: AutoCircuit's. */
    JSON;

    static PromptFormat of(String uri) {
        String name = uri.toLowerCase(Locale.ROOT).replaceFirst("/+$", "").replaceFirst("\\.(gz|bz2)$", "");
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return JSONL;
        }
        if (name.endsWith(".csv")) {
            return CSV;
        }
        return name.endsWith(".parquet") ? PARQUET : JSON;
    }
}
