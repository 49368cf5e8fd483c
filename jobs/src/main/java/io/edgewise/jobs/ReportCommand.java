package io.edgewise.jobs;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.Version;
import io.edgewise.jobs.report.ReportData;
import io.edgewise.jobs.report.ReportPage;
import io.edgewise.jobs.report.Study;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        description = "Makes one self-contained page of a score and a sweep directory, or of several pairs.",
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise report --scores out/ioi-scores --sweep out/ioi-sweep \\",
            "    --name ioi --out out/ioi.html"
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private List<StudyOptions> studies;

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
        List<StudyFiles> read = studies.stream().map(StudyOptions::files).toList();
        read.forEach(StudyFiles::check);
        String html;
        try (Session session = Session.forJob("report")) {
            html = page(session.spark(), read);
        }
        try (var stream = files.create(page, true)) {
            stream.write(html.getBytes(StandardCharsets.UTF_8));
        }
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    static String page(SparkSession spark, List<StudyFiles> studies) {
        List<Study> read = new ArrayList<>();
        studies.forEach(study -> read.add(study.read(spark)));
        return ReportPage.render(new ReportData("Edgewise report", Version.edgewise(), read));
    }
}
