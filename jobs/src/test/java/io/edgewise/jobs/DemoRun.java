package io.edgewise.jobs;

import java.nio.file.Path;

/**
 * The demo, run once for all tests that look at what it leaves.
 *
 * @param out its directory
 */
record DemoRun(Path out, CommandRun run) {
    private static final class Once {
        private static final DemoRun RUN = in(Path.of("target", "demo").toAbsolutePath());
    }

    static DemoRun once() {
        return Once.RUN;
    }

    private static DemoRun in(Path out) {
        String files = CommandRun.demo("").toString();
        return new DemoRun(out, CommandRun.of("demo", "--demo-files", files, "--out", out.toString(), "--overwrite"));
    }

    /** The directory of a task's scores or circuits. */
    Path of(String task, String part) {
        return out.resolve(task).resolve(part);
    }
}
