package io.edgewise.jobs.study;

import io.edgewise.jobs.report.MethodComparison;
import io.edgewise.jobs.report.MethodFiles;
import io.edgewise.jobs.report.Study;
import io.edgewise.jobs.report.StudyFiles;
import io.edgewise.jobs.results.MethodResult;
import io.edgewise.jobs.results.MethodTable;
import io.edgewise.jobs.run.JobRun;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The comparison of a study's methods, for studies that have several.
 *
 * @param tasks the names of the tasks
 * @param methods the names of the methods, in the order of a task's parts
 */
record MethodComparisons(List<String> tasks, List<String> methods) {
    MethodComparisons {
        tasks = List.copyOf(tasks);
        methods = List.copyOf(methods);
    }

    /**
     * Compares the methods and writes {@code methods/}.
     *
     * @param files the directories of each task and method, task by task
     * @param studies what was read from them
     * @return a comparison for each task; none where there is only one method
     */
    List<MethodComparison> write(JobRun run, List<StudyFiles> files, List<Study> studies) {
        List<MethodComparison> comparisons = of(run.spark(), files, studies);
        if (!comparisons.isEmpty()) {
            List<MethodResult> results = comparisons.stream()
                    .flatMap(comparison -> comparison.methods().stream())
                    .toList();
            run.table("methods", MethodTable.of(run.spark(), results));
        }
        return comparisons;
    }

    private List<MethodComparison> of(SparkSession spark, List<StudyFiles> files, List<Study> studies) {
        List<MethodComparison> comparisons = new ArrayList<>();
        for (int task = 0; methods.size() > 1 && task < tasks.size(); task++) {
            List<String> names = new ArrayList<>();
            List<MethodResult> results = new ArrayList<>();
            for (int method = 0; method < methods.size(); method++) {
                int part = task * methods.size() + method;
                names.add(studies.get(part).name());
                results.add(new MethodFiles(files.get(part), studies.get(part))
                        .read(spark, tasks.get(task), methods.get(method)));
            }
            comparisons.add(new MethodComparison(names, results));
        }
        return comparisons;
    }
}
