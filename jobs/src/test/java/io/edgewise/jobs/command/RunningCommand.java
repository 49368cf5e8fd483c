package io.edgewise.jobs.command;

import io.edgewise.jobs.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The command in a process of its own, which can be killed. */
public final class RunningCommand {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private RunningCommand() {}

    public static Process start(String master, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens") || option.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-Dspark.master=" + master, "-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO().start();
    }

    /** Waits until something is so, while the process runs. */
    public static void await(Process process, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("It was not to be seen while the command ran");
            }
            Thread.sleep(2);
        }
    }
}
