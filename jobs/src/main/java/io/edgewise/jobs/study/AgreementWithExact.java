package io.edgewise.jobs.study;

import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.report.Study;
import io.edgewise.jobs.report.StudyFiles;
import io.edgewise.jobs.results.Agreement;
import io.edgewise.jobs.score.ExactSettings;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoreAgreement;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The comparison of a study's methods with exact patching, for studies that have it among their methods.
 *
 * @param methods how edges are scored, by the name of the method, in the order of a task's parts
 */
record AgreementWithExact(ModelSetup model, Map<String, ScoreSettings> methods) {
    private static final Bootstrap EDGES = new Bootstrap(200, 0);
    private static final int FEWEST = 10;

    /**
     * How well the other methods of a task agree; empty where nothing was patched exactly.
     *
     * @param files the directories of each method
     * @param studies what was read from them
     */
    List<Agreement> of(String task, List<StudyFiles> files, List<Study> studies) {
        List<String> names = List.copyOf(methods.keySet());
        List<Agreement> agreements = new ArrayList<>();
        for (int exact = 0; exact < names.size(); exact++) {
            if (methods.get(names.get(exact)) instanceof ExactSettings settings) {
                PruneScores truth = scores(files.get(exact));
                BitSet measured = settings.edges().in(model.graph());
                for (int other = 0; other < names.size(); other++) {
                    if (other != exact) {
                        int chosen = studies.get(other).chosenEdges();
                        agreements.add(new Agreement(
                                task,
                                names.get(other),
                                chosen,
                                ScoreAgreement.of(
                                        scores(files.get(other)), truth, measured, sizes(measured, chosen), EDGES)));
                    }
                }
            }
        }
        return agreements;
    }

    private PruneScores scores(StudyFiles files) {
        return GivenScores.of(files.scoreDirectory()).readEdges(model);
    }

    /** 10, 100, ... up to half of the edges, and the size of the circuit that is shown first. */
    private static List<Integer> sizes(BitSet measured, int chosen) {
        TreeSet<Integer> sizes = new TreeSet<>(List.of(chosen));
        for (long size = FEWEST; 2 * size <= measured.cardinality(); size *= FEWEST) {
            sizes.add((int) size);
        }
        return List.copyOf(sizes);
    }
}
