package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import io.edgewise.jobs.export.CircuitShare;
import io.edgewise.jobs.input.MibFile;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.jobs.input.MibJson;
import io.edgewise.jobs.input.MibShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** The check of the files of one task and model: one file of importances, or circuits of all sizes. */
final class FolderCheck {
    /** A circuit of no edges may be among them, which makes ten. */
    private static final List<CircuitShare> TEN = Stream.concat(
                    Stream.of(new CircuitShare(0)), CircuitShare.ALL.stream())
            .toList();

    /** A circuit's file with its size. */
    private record Circuit(String file, int edges) {}

    private final SubmissionFolder folder;
    private final List<Finding> findings = new ArrayList<>();
    private @Nullable MibGraph graph;
    private Map<String, Integer> places = Map.of();

    private FolderCheck(SubmissionFolder folder) {
        this.folder = folder;
    }

    /** @param files in the folder, in order of their names */
    static List<Finding> of(SubmissionFolder folder, List<Path> files) {
        FolderCheck check = new FolderCheck(folder);
        check.check(files.stream()
                .filter(file -> file.getName().endsWith(".json") || isPickle(file))
                .toList());
        return check.findings;
    }

    private static boolean isPickle(Path file) {
        return file.getName().endsWith(".pt");
    }

    private void check(List<Path> files) {
        int most = TEN.size();
        if (files.size() != 1 && files.size() != most - 1 && files.size() != most) {
            findings.add(Finding.error(folder.title() + " has " + files.size()
                    + " .json or .pt files; wanted one of importances, or nine circuits, of at most " + percents()
                    + " percent of the edges"));
            return;
        }
        List<Path> pickles = files.stream().filter(FolderCheck::isPickle).toList();
        pickles.forEach(file -> findings.add(
                Finding.warning(file + " is not checked, as PyTorch's files aren't read here; .json files are")));
        if (files.size() == 1) {
            if (pickles.isEmpty()) {
                importances(files.get(0));
            }
        } else {
            List<Circuit> circuits = new ArrayList<>();
            files.stream().filter(file -> !isPickle(file)).forEach(file -> circuit(file, circuits));
            if (circuits.size() == files.size()) {
                sizes(circuits);
            }
        }
    }

    private static String percents() {
        return String.join(
                ", ", CircuitShare.ALL.stream().map(CircuitShare::percent).toList());
    }

    private void importances(Path file) {
        try {
            MibGraph own = graph(file);
            CircuitMarks marks = new CircuitMarks(file.toString(), own, places);
            MibFile scores = new MibFile(file, own);
            MibJson.read(file, List.of(marks, scores));
            marks.checkComplete();
            if (scores.areScored()) {
                scores.scores();
            } else {
                findings.add(Finding.error(file + " has no scores; wanted a number as score of every edge, as the only"
                        + " file of a folder is one of importances, or nine circuits"));
            }
        } catch (InputException e) {
            findings.add(Finding.error(String.valueOf(e.getMessage())));
        }
    }

    private void circuit(Path file, List<Circuit> circuits) {
        try {
            CircuitMarks marks = new CircuitMarks(file.toString(), graph(file), places);
            MibJson.read(file, List.of(marks));
            marks.checkComplete();
            if (!marks.areScored()) {
                findings.add(Finding.warning(file
                        + " has edges without a score; EAP-IG's reader wants a number there, which doesn't count"));
            }
            if (marks.haveNeurons()) {
                findings.add(Finding.warning(file + " has neurons; its size is not checked, as edges count in parts"));
            } else {
                circuits.add(new Circuit(file.toString(), marks.edges()));
            }
        } catch (InputException e) {
            findings.add(Finding.error(String.valueOf(e.getMessage())));
        }
    }

    /** The model's graph; where the benchmark doesn't fix its shape, the one that the first file says. */
    private MibGraph graph(Path file) {
        if (graph == null) {
            MibShape shape = folder.model().shape();
            graph = MibGraph.of(shape == null ? MibJson.shape(file) : shape);
            places = graph.places();
        }
        return graph;
    }

    /** Checks that the circuits, from the smallest to the largest, are within their shares, whatever their files are called. */
    private void sizes(List<Circuit> circuits) {
        List<CircuitShare> shares = circuits.size() == TEN.size() ? TEN : CircuitShare.ALL;
        circuits.sort(Comparator.comparingInt(Circuit::edges));
        for (int i = 0; i < circuits.size(); i++) {
            Circuit circuit = circuits.get(i);
            int most = shares.get(i).of(places.size());
            if (circuit.edges() > most) {
                findings.add(Finding.error(circuit.file() + " has " + circuit.edges()
                        + " edges in the graph; one circuit has to have at most " + most + ", "
                        + shares.get(i).percent() + " percent of " + places.size()
                        + ", and no other of this folder is left for it"));
            }
        }
    }
}
