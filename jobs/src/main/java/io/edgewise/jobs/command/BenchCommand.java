package io.edgewise.jobs.command;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.bench.Bench;
import io.edgewise.jobs.options.DtypeOption;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.torch.Hardware;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.spark.model.DeviceRule;
import io.edgewise.spark.model.ModelCache;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise bench (--model=URI | --random=SHAPE) [OPTIONS]"},
        description = {"Times scores and circuits, compared with plain passes of the same model; prints JSON."},
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise bench --model conf/demo/model --rounds 1 --threads 1",
            "  edgewise bench --model conf/demo/model --threads 1 --soak 10 --circuits false"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    @Option(
            names = "--batch-size",
            defaultValue = "8",
            paramLabel = "N",
            description = "Prompt pairs in the batch (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--tokens",
            defaultValue = "16",
            paramLabel = "N",
            description = "Tokens per prompt (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "Rounds of timing, after one that isn't counted (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that an operation may use (default: the cores of this machine).")
    private @Nullable Integer threads;

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "auto|cpu|gpu",
            description =
                    "Device to compute on; auto: the processor, since no Spark task runs (default: ${DEFAULT-VALUE}).")
    private DeviceRule device;

    @Mixin
    private DtypeOption dtype;

    @Option(
            names = "--circuits",
            arity = "1",
            defaultValue = "true",
            paramLabel = "true|false",
            description = "Whether circuits are timed (default: ${DEFAULT-VALUE}).")
    private boolean circuits;

    @Option(
            names = "--soak",
            defaultValue = "0",
            paramLabel = "N",
            description = "Score the batch N more times and report the memory held (default: ${DEFAULT-VALUE}).")
    private int soak;

    /** The model that is timed. */
    static final class Subject {
        @Option(names = "--model", paramLabel = "URI", description = "A model directory.")
        private @Nullable String model;

        @Option(
                names = "--random",
                paramLabel = "SHAPE",
                description = "Random weights in the shape of gpt2-small, pythia-160m or llama-1b.")
        private @Nullable String random;
    }

    @Override
    public Integer call() {
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (batchSize < 1 || tokens < 1 || rounds < 1 || used < 1) {
            throw new InputException("--batch-size, --tokens, --rounds and --threads must be at least 1, got "
                    + batchSize + ", " + tokens + ", " + rounds + " and " + used);
        }
        if (soak < 0) {
            throw new InputException("--soak must be at least 0, got " + soak);
        }
        Device computes = device.here(used);
        try (Transformer transformer = load(computes, used)) {
            if (tokens > transformer.config().positions()) {
                throw new InputException("--tokens must be at most "
                        + transformer.config().positions() + ", the positions that the model reads, got " + tokens);
            }
            PatchableModel model = PatchableModel.of(transformer, GraphSpec.DEFAULT, OutputSlice.LAST_SEQ);
            ObjectNode result = new ObjectMapper().createObjectNode();
            result.put("model", subject.random == null ? subject.model : subject.random);
            result.put("device", computes.getDeviceType());
            if (computes.isGpu()) {
                result.put("gpu", Hardware.of(computes, used).gpu());
            }
            result.put("dtype", dtype.type().name().toLowerCase(Locale.ROOT));
            result.put("threads", used);
            result.setAll(new Bench(model, batchSize, tokens, rounds, circuits, soak).run());
            spec.commandLine().getOut().println(PrettyJson.of(result));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private Transformer load(Device computes, int used) {
        return subject.random == null
                ? Transformer.load(
                        Checkpoint.open(ModelCache.local(Objects.requireNonNull(subject.model))),
                        computes,
                        used,
                        dtype.type())
                : Transformer.random(TransformerConfig.named(subject.random), computes, used, dtype.type());
    }
}
