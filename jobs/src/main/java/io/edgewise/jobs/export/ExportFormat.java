package io.edgewise.jobs.export;

/** Formats of other tools. */
public enum ExportFormat {
    /** AutoCircuit's prune scores: safetensors with a tensor {@code [seq?, head?, source]} per destination module. */
    AUTOCIRCUIT,
    /** The graph file of EAP-IG and the MIB benchmark: JSON. */
    MIB,
    /** GraphML, for graph libraries and editors. */
    GRAPHML,
    /** Graphviz' DOT. */
    DOT,
    /** One edge per line, with the columns of the table {@code edges/}. */
    CSV
}
