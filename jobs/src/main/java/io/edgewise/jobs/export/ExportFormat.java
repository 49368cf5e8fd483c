package io.edgewise.jobs.export;

import java.util.Locale;

/** Formats of other tools. */
public enum ExportFormat {
    /** AutoCircuit's prune scores: safetensors with a tensor {@code [seq?, head?, source]} per destination module. */
    AUTOCIRCUIT,
    /** The graph file of EAP-IG and the MIB benchmark: JSON. */
    MIB,
    /** The folder that the MIB benchmark takes, of graph files for each task and model. */
    MIB_SUBMISSION,
    /** GraphML, for graph libraries and editors. */
    GRAPHML,
    /** Graphviz' DOT. */
    DOT,
    /** One edge per line, with the columns of the table {@code edges/}. */
    CSV;

    /** The format's name as users type it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
