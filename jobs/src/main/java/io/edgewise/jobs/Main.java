package io.edgewise.jobs;

import io.edgewise.jobs.command.EdgewiseCommand;
import io.edgewise.jobs.run.ClassArchive;

/** The entry point that {@code spark-submit} starts. */
public final class Main {
    private Main() {}

    /** Runs a command, and exits with its status unless that is 0. */
    public static void main(String[] args) {
        int status = EdgewiseCommand.run(args);
        if (status != 0) {
            System.exit(status);
        }
        ClassArchive.write();
    }
}
