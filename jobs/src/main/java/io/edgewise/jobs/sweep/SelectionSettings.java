package io.edgewise.jobs.sweep;

import static org.apache.spark.sql.functions.col;

import io.edgewise.InputException;
import io.edgewise.circuit.Selection;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * How circuits are chosen by scores.
 *
 * @param ranking what edges are ranked by, in every way but by ratio
 * @param ratio the share of a circuit that the highest scores take; null for the best one on prompts that do nothing else
 * @param consistency the share of replicates in which a score must have its sign for that to be beyond doubt
 * @param limit how long a search for connected circuits may take
 */
public record SelectionSettings(Way way, Ranking ranking, @Nullable Double ratio, double consistency, Duration limit) {
    private static final String CONSISTENCY = "sign_consistency";

    /** The ways to choose. */
    public enum Way {
        ABSOLUTE,
        SIGNED,
        CONSISTENT,
        RATIO,
        CONNECTED
    }

    public SelectionSettings {
        if (limit.isNegative() || limit.isZero()) {
            throw new InputException("--select-time-limit must be greater than 0 seconds, got " + limit.toSeconds());
        }
    }

    /** Whether a circuit is the first places of the ranking. */
    public boolean isByRankAlone() {
        return way == Way.ABSOLUTE || way == Way.SIGNED;
    }

    /** Whether some prompts have to choose the ratio. */
    public boolean isTuned() {
        return way == Way.RATIO && ratio == null;
    }

    /**
     * Checks that circuits can be chosen so by these scores.
     *
     * @throws InputException where they can't
     */
    public void check(GivenScores given) {
        if (way == Way.CONSISTENT && !given.hasErrors()) {
            throw new InputException("--select consistent wants scores with errors, and " + given.uri()
                    + " has none; score with --bootstrap 200");
        }
    }

    /**
     * The way to choose.
     *
     * @param tuned the best ratio, where some prompts chose it
     * @param consistent the places of the edges whose sign is beyond doubt
     */
    public Selection selection(double tuned, Supplier<BitSet> consistent) {
        return switch (way) {
            case ABSOLUTE, SIGNED -> new Selection.Strongest(ranking);
            case CONSISTENT -> new Selection.Consistent(ranking, consistent.get());
            case RATIO -> new Selection.Ratio(ratio == null ? tuned : ratio);
            case CONNECTED -> new Selection.Connected(ranking, limit);
        };
    }

    /** Reads which edges' signs are beyond doubt, by their places. */
    public BitSet consistent(SparkSession spark, GivenScores given, RankedScores scores) {
        String table = new Path(given.uri(), scores.level().words()).toString();
        Dataset<Row> rows = spark.read().parquet(table);
        if (!Arrays.asList(rows.columns()).contains(CONSISTENCY)) {
            throw new InputException("--select consistent wants scores with errors, and " + table + " has no column "
                    + CONSISTENCY + "; score with --bootstrap 200");
        }
        int[] ranking = scores.ranking();
        BitSet consistent = new BitSet();
        List<Row> ranks =
                rows.filter(col(CONSISTENCY).geq(consistency)).select("rank").collectAsList();
        ranks.forEach(rank -> consistent.set(ranking[rank.getInt(0) - 1]));
        return consistent;
    }

    /** The options, for a manifest. */
    Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("select", way.name().toLowerCase(Locale.ROOT));
        options.put("ranking", ranking.name());
        switch (way) {
            case CONSISTENT -> options.put("consistency", String.valueOf(consistency));
            case RATIO -> options.put("ratio", ratio == null ? "tuned" : ratio.toString());
            case CONNECTED -> options.put("select-time-limit", String.valueOf(limit.toSeconds()));
            default -> {}
        }
        return options;
    }
}
