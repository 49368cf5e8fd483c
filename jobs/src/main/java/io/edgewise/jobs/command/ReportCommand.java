package io.edgewise.jobs.command;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.report.ComparedFiles;
import io.edgewise.jobs.report.ComparisonPage;
import io.edgewise.jobs.report.Report;
import io.edgewise.jobs.report.StudyDirectory;
import io.edgewise.jobs.report.StudyFiles;
import io.edgewise.jobs.run.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes one self-contained page from a score and a sweep directory, or from several such pairs.",
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise report --scores out/ioi-scores --sweep out/ioi-sweep \\",
            "    --name ioi --out out/ioi.html",
            "  edgewise report --compare out/demo/ioi out/demo/greaterthan --out out/two.html"
        })
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private @Nullable List<StudyOptions> studies;

    @Option(
            names = "--compare",
            arity = "0..2",
            paramLabel = "DIR",
            description =
                    "Compare two circuits of one graph side by side: give two directories that each hold what score --out and"
                            + " sweep --out wrote, as the demo's do; or give none, and two pairs of --scores and --sweep.")
    private @Nullable List<String> compared;

    @Option(
            names = "--out",
            defaultValue = "report.html",
            paramLabel = "FILE",
            description = "The page (default: ${DEFAULT-VALUE}).")
    private String out;

    @Option(names = "--overwrite", description = "Replace the page if it is there.")
    private boolean overwrite;

    /** A pair of directories. */
    static final class StudyOptions {
        @Option(names = "--scores", required = true, paramLabel = "DIR", description = "What score --out wrote.")
        private String scores;

        @Option(names = "--sweep", required = true, paramLabel = "DIR", description = "What sweep --out wrote.")
        private String sweep;

        @Option(names = "--name", paramLabel = "NAME", description = "What to call the pair (default: its directory).")
        private @Nullable String name;

        StudyFiles files() {
            return new StudyFiles(name == null ? new Path(scores).getName() : name, scores, sweep);
        }
    }

    @Override
    public Integer call() throws IOException {
        Path page = Hadoop.qualified(out);
        FileSystem files = Hadoop.fileSystem(page);
        if (files.exists(page) && (!overwrite || files.getFileStatus(page).isDirectory())) {
            throw new InputException("Output file is already there: " + out + "; give another --out, or --overwrite");
        }
        List<StudyFiles> read = studies();
        read.forEach(StudyFiles::check);
        String html;
        try (Session session = Session.ofCommand("report")) {
            html = compared == null ? new Report(read).html(session.spark()) : comparison(session.spark(), read);
        }
        new NewPlace(out, true).write(stream -> stream.write(html.getBytes(StandardCharsets.UTF_8)));
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private List<StudyFiles> studies() {
        List<StudyFiles> pairs = studies == null
                ? List.of()
                : studies.stream().map(StudyOptions::files).toList();
        if (compared == null && pairs.isEmpty()) {
            throw new InputException(
                    "A report wants --scores DIR and --sweep DIR, once or more, or --compare DIR DIR; got none");
        }
        if (compared == null) {
            return pairs;
        }
        if (compared.size() + pairs.size() != 2 || compared.size() == 1) {
            throw new InputException(
                    "--compare wants two directories, or none and two pairs of --scores and --sweep; got "
                            + compared.size() + " directories and " + pairs.size() + " pairs");
        }
        return compared.isEmpty()
                ? pairs
                : compared.stream()
                        .map(directory -> new StudyDirectory(directory).files())
                        .toList();
    }

    private static String comparison(SparkSession spark, List<StudyFiles> two) {
        return ComparisonPage.render(new ComparedFiles(two.get(0), two.get(1)).read(spark));
    }
}
