package io.edgewise.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scores of nodes and neurons, and circuits of them, can't have. */
class WrongLevelTest {
    @TempDir
    private Path temporary;

    private WrongInput wrong;

    @BeforeEach
    void makePlace() throws IOException {
        wrong = new WrongInput(Files.createDirectories(temporary.resolve("wrong")));
    }

    @Test
    void methodsAndGraphsWithoutScoresOfNodesAreRefused() {
        wrong.refused(
                "--level node wants a --method whose scores of edges add up to those of nodes",
                wrong.score("--level", "node", "--mask-val", "0.5"));
        wrong.refused(
                "got mask_gradient at other masks", wrong.score("--level", "neuron", "--integrated-grad-samples", "2"));
        wrong.refused("got atp_star, which scores edges only", wrong.score("--level", "node", "--method", "atp_star"));
        wrong.refused("got activation_magnitude", wrong.score("--level", "node", "--method", "activation_magnitude"));
        wrong.refused("want --factorized true", wrong.score("--level", "node", "--factorized", "false"));
        wrong.refused("leave out --seq-len", wrong.score("--level", "neuron", "--seq-len", "15"));
        wrong.refused("--group-by compares scores of edges", wrong.score("--level", "node", "--group-by", "template"));
        wrong.refused("--level", wrong.score("--level", "head"));
    }

    @Test
    void whatOnlyCircuitsOfEdgesHaveIsRefused() throws IOException {
        Path nodes = temporary.resolve("nodes");
        CommandRun.done(CommandRun.ofIoi("score", nodes, "--limit", "4", "--level", "node"));
        Path known = Files.writeString(temporary.resolve("known"), "A0.0->MLP 0");
        List<String[]> asked = List.of(
                new String[] {"--metrics", "cpr"},
                new String[] {"--tests"},
                new String[] {"--known-edges", known.toString()},
                new String[] {"--render-graph", temporary.resolve("graph.svg").toString()});
        for (String[] options : asked) {
            wrong.refused("wants circuits of edges, and these scores are of nodes", wrong.sweep(nodes, options));
        }
        wrong.refused("Edge count must be between 0 and 16, got 17", wrong.sweep(nodes, "--edge-counts", "17"));
        List<String> export = List.of(
                "export", "--scores", nodes.toString(), "--out", wrong.out().toString(), "--format");
        wrong.refused("these are of nodes; give --format mib or csv", with(export, "dot"));
        wrong.refused("--circuits wants scores of edges", with(export, "mib", "--circuits"));
        Path swept = temporary.resolve("swept");
        CommandRun.done(CommandRun.ofIoi(
                "sweep",
                swept,
                "--limit",
                "4",
                "--scores",
                nodes.toString(),
                "--edge-counts",
                "3",
                "--bootstrap",
                "0"));
        wrong.refused(
                "A report shows scores of edges",
                "report",
                "--scores",
                nodes.toString(),
                "--sweep",
                swept.toString(),
                "--out",
                wrong.out() + ".html");
    }

    private static String[] with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
