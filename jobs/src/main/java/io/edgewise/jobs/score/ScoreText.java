package io.edgewise.jobs.score;

import io.edgewise.score.RankedScores;
import java.util.Locale;

/** What scoring prints: how many edges, nodes or neurons were scored, and the strongest. */
public record ScoreText(ScoreJob.Result result) {
    private static final int SHOWN = 10;

    @Override
    public String toString() {
        RankedScores scores = result.scores();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d %s scored on %d prompts%s; the strongest:%n",
                scores.size(),
                scores.level().words(),
                result.prompts(),
                result.rejected() == 0 ? "" : " (" + result.rejected() + " rejected)"));
        int[] ranking = scores.ranking();
        for (int rank = 0; rank < Math.min(SHOWN, ranking.length); rank++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-24s %+.6g%n",
                    rank + 1,
                    scores.name(ranking[rank]),
                    scores.get(ranking[rank])));
        }
        return text.toString();
    }
}
