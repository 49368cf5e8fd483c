package io.edgewise.jobs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that writes results.
 *
 * @param machine the machine since it was started, and the part of it that has process ids of its own; empty where the system doesn't say
 */
record Writer(String machine, long pid) {
    /** This process. */
    static Writer here() {
        return new Writer(machineHere(), ProcessHandle.current().pid());
    }

    /** The process that a text names; one of no known machine where it names none. */
    static Writer of(String text) {
        String[] words = text.strip().split(" ", -1);
        return words.length == 2 && words[1].matches("\\d{1,18}")
                ? new Writer(words[0], Long.parseLong(words[1]))
                : new Writer("", 0);
    }

    /** Whether it is known to have ended. Of processes of another machine that isn't known. */
    boolean hasEnded() {
        return !machine.isEmpty()
                && machine.equals(machineHere())
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private static String machineHere() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return machine + " " + pid;
    }
}
