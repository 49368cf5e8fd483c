package io.edgewise.jobs.command;

import io.edgewise.jobs.run.Failures;
import io.edgewise.jobs.submission.Finding;
import io.edgewise.jobs.submission.SubmissionCheck;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edgewise check-submission}. */
@Command(
        name = "check-submission",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise check-submission DIR"},
        description = {
            "Checks a submission to the MIB benchmark, whatever tool wrote it: names of folders, nodes and edges, scores or marks, sizes"
                    + " of circuits. Prints one line for each finding; the exit status is 2 where one is an error."
        },
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {"  edgewise check-submission out/submission"})
final class CheckSubmissionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The directory, with a folder for each task and model, such as ioi_gpt2.")
    private String directory;

    @Override
    public Integer call() {
        List<Finding> findings = SubmissionCheck.of(directory);
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(out::println);
        out.flush();
        return Finding.hasError(findings) ? Failures.WRONG_INPUT : 0;
    }
}
