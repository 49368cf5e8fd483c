package io.edgewise.jobs.fuzz;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.edgewise.InputException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives a reader broken inputs. Each has to be read, or refused by an {@link InputException} of one short line, in bounded time and
 * memory. {@code -Dfuzz.inputs=N} says how many a format gets; {@code -Dfuzz.seed=N} gives it one alone.
 *
 * @param format what the inputs are called
 * @param mostBytes that reading one may allocate in Java, beside {@value #MOST_FOR_A_BYTE} for each of its bytes
 */
record Fuzz(String format, long mostBytes) {
    private static final int MOST_FOR_A_BYTE = 200;
    private static final int MOST_SECONDS = 10;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 60);
    private static final Integer ONE = Integer.getInteger("fuzz.seed");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads an input, and uses what was read as far as it is checked. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] input) throws Exception;
    }

    private record Outcome(boolean isRefused, long allocated) {}

    /** Runs as many inputs as were asked for, by turns of each whole one and each mutation. */
    void run(List<byte[]> wholes, List<? extends Mutation> mutations, Reader reader) {
        run(wholes, mutations, reader, INPUTS);
    }

    /** Runs one of so many of the inputs, where each takes long. */
    void runOneOf(int part, List<byte[]> wholes, List<? extends Mutation> mutations, Reader reader) {
        run(wholes, mutations, reader, (INPUTS + part - 1) / part);
    }

    private void run(List<byte[]> wholes, List<? extends Mutation> mutations, Reader reader, int inputs) {
        wholes.forEach(whole -> readWhole(whole, reader));
        List<Integer> seeds = new ArrayList<>();
        for (int seed = ONE == null ? 0 : ONE; seed < (ONE == null ? inputs : ONE + 1); seed++) {
            seeds.add(seed);
        }
        long start = System.nanoTime();
        int refused = 0;
        for (int seed : seeds) {
            byte[] whole = wholes.get(seed % wholes.size());
            Mutation mutation = mutations.get(seed / wholes.size() % mutations.size());
            byte[] input = mutation.of(whole, new SplittableRandom(seed));
            refused += check("-Dfuzz.seed=" + seed, input, reader).isRefused() ? 1 : 0;
        }
        if (Boolean.getBoolean("fuzz.print")) {
            System.out.printf(
                    "fuzz %s: %d inputs, %d refused, %d ms%n",
                    format, seeds.size(), refused, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    /** What nothing was done to has to be read; what takes memory the first time takes it here. */
    private void readWhole(byte[] whole, Reader reader) {
        try {
            reader.read(whole);
        } catch (Exception e) {
            fail(format + " isn't read where it is whole", e);
        }
    }

    private Outcome check(String seed, byte[] input, Reader reader) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Outcome outcome = thread.submit(() -> read(input, reader)).get(MOST_SECONDS, TimeUnit.SECONDS);
            long most = mostBytes + (long) MOST_FOR_A_BYTE * input.length;
            if (outcome.allocated() > most) {
                return fail(
                        "%s %s of %d bytes took %d bytes of memory", format, seed, input.length, outcome.allocated());
            }
            return outcome;
        } catch (ExecutionException e) {
            return fail(format + " " + seed + " is neither read nor refused", e.getCause());
        } catch (TimeoutException e) {
            return fail("%s %s takes more than %d s", format, seed, MOST_SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.shutdown();
        }
    }

    private static Outcome read(byte[] input, Reader reader) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean isRefused = false;
        try {
            reader.read(input);
        } catch (InputException e) {
            isRefused = true;
        }
        return new Outcome(isRefused, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
}
