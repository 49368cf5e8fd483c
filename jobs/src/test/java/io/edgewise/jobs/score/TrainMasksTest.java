package io.edgewise.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgewise.ablation.AblationActivations;
import io.edgewise.ablation.AblationType;
import io.edgewise.jobs.command.CommandRun;
import io.edgewise.jobs.input.ModelFiles;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.pipeline.BatchWatch;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.TrainMasks;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.score.mask.FaithfulnessTarget;
import io.edgewise.score.mask.MaskFunction;
import io.edgewise.score.mask.MaskTraining;
import io.edgewise.spark.batch.PieceSizes;
import io.edgewise.spark.kept.KeptTraining.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training goes on where it was, and ends with the same bits. */
class TrainMasksTest {
    private static final ModelSetup MODEL = ModelSetup.of(ModelFiles.open(Path.of(CommandRun.MODEL)));

    /** Five batches, so that an epoch's last step has fewer. */
    private static final PromptSelection PROMPTS =
            new PromptSelection(List.of(CommandRun.IOI), 2, 0, 10L, null, BosRule.AUTO, false, false, null, 1, null);

    @TempDir
    private Path temporary;

    private SparkSession spark;

    @BeforeEach
    void start() {
        spark = SparkSession.builder()
                .appName("tests")
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
    }

    @Test
    void aTrainingThatWasStoppedGoesOnToTheSameBits() {
        Progress whole = train(4, null, new Watch(spark));
        Path kept = temporary.resolve("kept");
        train(2, kept, new Watch(spark));
        assertThat(files(kept)).containsExactly("step-6");
        Watch watch = new Watch(spark);
        Progress resumed = train(4, kept, watch);
        assertThat(watch.resumed).isEqualTo(10);
        assertThat(resumed.state().theta()).isEqualTo(whole.state().theta());
        assertThat(resumed.state().square()).isEqualTo(whole.state().square());
        assertThat(resumed.curve()).isEqualTo(whole.curve()).hasSize(12);
        Watch done = new Watch(spark);
        assertThat(train(4, kept, done).curve()).isEqualTo(whole.curve());
        assertThat(done.resumed).isEqualTo(20);
    }

    @Test
    void aBrokenFileIsNotUsed() throws IOException {
        Path kept = temporary.resolve("kept");
        Progress whole = train(2, kept, new Watch(spark));
        Path file = kept.resolve("masks/step-6");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Watch watch = new Watch(spark);
        assertThat(train(2, kept, watch).state().theta())
                .isEqualTo(whole.state().theta());
        assertThat(watch.resumed).isZero();
    }

    private Progress train(int epochs, @Nullable Path kept, Watch watch) {
        Probing settings = new Probing(
                MaskFunction.HARD_CONCRETE,
                FaithfulnessTarget.KL_DIV,
                true,
                AblationType.RESAMPLE,
                new Probing.Training(0.1, epochs, 2, 7),
                1,
                List.of(),
                false,
                MaskFunction.START,
                0,
                List.of(),
                1,
                List.of());
        MaskTraining training = settings.parts(MODEL.graph(), AblationActivations.of(settings.ablation()))
                .get(0)
                .training();
        BatchWork work = new BatchWork("training", kept == null ? null : kept.toString(), PieceSizes.WHOLE, watch);
        try (PromptBatches.Result prompts =
                Prompts.batches(spark, MODEL, PROMPTS, PromptNeeds.bothAnswers("--answer-function avg_diff"))) {
            return new TrainMasks(MODEL.graph(), training, work, "masks", Duration.ZERO).execute(prompts, null);
        }
    }

    private static List<String> files(Path kept) {
        try (Stream<Path> files = Files.list(kept.resolve("masks"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run is told. */
    private static final class Watch implements BatchWatch {
        private final LongAccumulator done;
        private int resumed;

        Watch(SparkSession spark) {
            done = spark.sparkContext().longAccumulator();
        }

        @Override
        public LongAccumulator done() {
            return done;
        }

        @Override
        public void resumed(int batches) {
            resumed = batches;
        }

        @Override
        public void unusable(int files) {}

        @Override
        public void noted(BatchNotes notes) {}
    }
}
