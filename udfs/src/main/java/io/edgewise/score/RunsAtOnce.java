package io.edgewise.score;

/** How often a small batch runs in one pass: many small operations cost more than a few large ones. */
public final class RunsAtOnce {
    /** All runs of a pass have no more tokens than this ... */
    private static final int TOKENS = 1024;
    /** ... and what their sources write takes no more bytes. */
    private static final long SOURCE_BYTES = 384L << 20;

    private RunsAtOnce() {}

    /**
     * How many runs share a pass; at least one.
     *
     * @param runs that are wanted
     * @param tokens of all the batch's prompts
     * @param sourceBytes the bytes that all sources write for them
     */
    public static int of(int runs, long tokens, long sourceBytes) {
        long fit = Math.min(TOKENS / tokens, SOURCE_BYTES / sourceBytes);
        return (int) Math.max(1, Math.min(runs, fit));
    }
}
