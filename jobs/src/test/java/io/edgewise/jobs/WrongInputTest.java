package io.edgewise.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input gets one clear line, exit status 2, and leaves nothing behind. */
class WrongInputTest {
    @TempDir
    private Path temporary;

    private Path out;

    @BeforeEach
    void nameTheOutput() {
        out = temporary.resolve("out");
    }

    @Test
    void aModelPathThatIsWrong() {
        refused(
                "No such model directory",
                score("--model", temporary.resolve("nosuch").toString()));
    }

    @Test
    void aModelOfAnotherFamily() throws IOException {
        Path model = copyOfModel();
        Files.writeString(model.resolve("config.json"), "{\"model_type\": \"mamba\"}");
        refused("has model_type mamba; supported are gemma2, gpt2, gpt_neox", score("--model", model.toString()));
    }

    @Test
    void aConfigurationWithAnImpossibleSize() throws IOException {
        Path model = copyOfModel();
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(model.resolve("config.json"), config.replace("\"n_layer\": 3", "\"n_layer\": -3"));
        refused("has n_layer -3; wanted a whole number", score("--model", model.toString()));
    }

    @Test
    void aWeightFileThatIsCutOff() throws IOException {
        Path model = copyOfModel();
        Path weights = model.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
        refused("Not a whole safetensors file", score("--model", model.toString()));
    }

    @Test
    void aWeightFileThatIsNone() throws IOException {
        Path model = copyOfModel();
        Files.writeString(model.resolve("model.safetensors"), "<html>404</html> not found");
        refused("Not a whole safetensors file", score("--model", model.toString()));
    }

    @Test
    void weightsOfAnotherShapeThanTheConfigurationSays() throws IOException {
        Path model = copyOfModel();
        String config = Files.readString(model.resolve("config.json"));
        Files.writeString(model.resolve("config.json"), config.replace("\"n_embd\": 64", "\"n_embd\": 32"));
        refused("config.json asks for [486, 32]", score("--model", model.toString()));
    }

    @Test
    void aPromptFileThatIsMissing() {
        refused(
                "No such prompt file",
                score("--prompts", temporary.resolve("nosuch.json").toString()));
    }

    @Test
    void aPromptFileThatIsNoJson() throws IOException {
        refused("Not JSON", score("--prompts", file("{\"prompts\": [{\"clean\": }")));
    }

    @Test
    void aPromptFileWithAFieldMissingEverywhere() throws IOException {
        refused(
                "No usable prompt in",
                score("--prompts", file("{\"prompts\": [{\"clean\": [1], \"corrupt\": [2], \"answers\": [3]}]}")));
    }

    @Test
    void anUnknownOptionValue() {
        refused("expected one of [LOGIT, PROB, LOGPROB, LOGIT_EXP]", score("--grad-function", "logits"));
    }

    @Test
    void positionsOfPromptsOfSeveralLengths() throws IOException {
        String mixed = file("{\"prompts\": [{\"clean\": [1, 2], \"corrupt\": [3, 2], \"answers\": [3],"
                + " \"wrong_answers\": [4]}, {\"clean\": [1, 2, 3], \"corrupt\": [3, 2, 3], \"answers\": [3],"
                + " \"wrong_answers\": [4]}]}");
        refused("--seq-len 2 wants prompts of 2 tokens, got some of 3", score("--prompts", mixed, "--seq-len", "2"));
    }

    @Test
    void aSequenceLengthThatIsNone() {
        refused("Token positions (--seq-len) must be between 1 and 1000000, got 0", score("--seq-len", "0"));
    }

    @Test
    void aPrefixThatPromptsDontShare() throws IOException {
        String two = file("{\"prompts\": [{\"clean\": [1, 2, 5], \"corrupt\": [1, 2, 6], \"answers\": [3],"
                + " \"wrong_answers\": [4]}, {\"clean\": [1, 9, 5], \"corrupt\": [1, 9, 6], \"answers\": [3],"
                + " \"wrong_answers\": [4]}]}");
        refused(
                "--tail-divergence wants all prompts to begin with the same 2 tokens",
                score("--prompts", two, "--tail-divergence"));
    }

    @Test
    void aPrefixWhereTheFirstTokenDiffers() throws IOException {
        String none = file("{\"prompts\": [{\"clean\": [1, 2], \"corrupt\": [3, 2], \"answers\": [3],"
                + " \"wrong_answers\": [4]}]}");
        refused(
                "in some prompt clean and corrupt differ in the first token",
                score("--prompts", none, "--tail-divergence"));
    }

    @Test
    void paddingWithPositionsOrAWholeOutput() {
        refused("--pad and --seq-len don't go together", score("--pad", "--seq-len", "4"));
        refused("--pad wants --slice-output last_seq", score("--pad", "--slice-output", "none"));
        refused(
                "--tail-divergence wants --slice-output last_seq",
                score("--tail-divergence", "--slice-output", "none"));
    }

    @Test
    void answersThatArentNumbersForAMeanSquaredError() {
        refused("answers has a text; wanted a list of numbers", score("--answer-function", "mse"));
    }

    @Test
    void answersForOnePositionOfAWholeOutput() {
        refused("answers has answers for 1 position; the output slice has", score("--slice-output", "none"));
    }

    @Test
    void aKnownCircuitThatIsMissingOrOfAnotherModel() throws IOException {
        refused("--method ground_truth wants --known-edges", score("--method", "ground_truth"));
        refused(
                "No such file of known edges",
                score(
                        "--method",
                        "ground_truth",
                        "--known-edges",
                        temporary.resolve("nosuch").toString()));
        refused(
                "The graph has no edge A9.9->MLP 0; its edges have names like Resid Start->A0.0.Q",
                score("--method", "ground_truth", "--known-edges", file("A9.9->MLP 0")));
    }

    @Test
    void aTypeThatCannotBeComputed() {
        refused(
                "expected one of [FLOAT32, BFLOAT16, FLOAT16] (case-insensitive) but was 'bfloat'",
                score("--dtype", "bfloat"));
    }

    @Test
    void anUnknownOption() {
        refused("Unknown option", score("--grad-fn", "logit"));
    }

    @Test
    void maskValueTogetherWithIntegratedGradients() {
        refused("mutually exclusive", score("--mask-val", "0.5", "--integrated-grad-samples", "5"));
    }

    @Test
    void aMaskValueOutOfRange() {
        refused("--mask-val must be between 0 and 1, got 2.0", score("--mask-val", "2"));
    }

    @Test
    void aSideForAnAblationThatHasNone() {
        refused(
                "Ablation type ZERO has no side, got clean",
                score("--ablation-type", "ZERO", "--clean-corrupt", "clean"));
    }

    @Test
    void edgeAttributionPatchingAtAnotherMask() {
        refused(
                "is the mask gradient of the logits at mask 0",
                score("--method", "edge_attribution_patching", "--mask-val", "1"));
    }

    @Test
    void anOutputDirectoryThatIsThereStaysAsItWas() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("mine"), "precious");
        CommandRun run = CommandRun.of(score());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.complaints()).singleElement().asString().contains("already there");
        assertThat(out.resolve("mine")).hasContent("precious");
        assertThat(siblings()).containsExactly("out");
    }

    @Test
    void aFailedOverwriteLeavesTheOldResults() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("mine"), "precious");
        String empty = file("{\"prompts\": []}");
        CommandRun run = CommandRun.of(score("--overwrite", "--prompts", empty));
        assertThat(run.status()).isEqualTo(2);
        assertThat(out.resolve("mine")).hasContent("precious");
    }

    @Test
    void anOverwriteReplacesTheWholeDirectory() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("mine"), "old");
        assertThat(CommandRun.of(score("--overwrite", "--limit", "2")).status()).isZero();
        assertThat(out.resolve("mine")).doesNotExist();
        assertThat(out.resolve("_SUCCESS")).exists();
        assertThat(siblings()).containsExactly("out");
    }

    @Test
    void sweepOptions() throws IOException {
        Path scores = temporary.resolve("scores");
        assertThat(CommandRun.of(
                                "score",
                                "--model",
                                CommandRun.MODEL,
                                "--prompts",
                                CommandRun.IOI,
                                "--limit",
                                "2",
                                "--out",
                                scores.toString())
                        .status())
                .isZero();
        refused("Edge count must be between 0 and 262, got 263", sweep(scores, "--edge-counts", "0,10,263"));
        refused("wanted counts (0,10,100)", sweep(scores, "--edge-counts", "ten"));
        refused("known are answer_diff,", sweep(scores, "--metrics", "accuracy"));
        refused("No prune_scores.safetensors", sweep(temporary.resolve("nosuch")));
        refused(
                "which has no _SUCCESS",
                "report",
                "--scores",
                scores.toString(),
                "--sweep",
                temporary.toString(),
                "--out",
                out.toString());
        Path other = copyOfModel();
        Path config = other.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("1e-05", "1e-06"));
        refused("are another model's", sweep(scores, "--model", other.toString()));
    }

    private void refused(String message, String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.complaints()).as(run.err()).singleElement().asString().contains(message);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(out).doesNotExist();
        assertThat(temporary.toFile().list((directory, name) -> name.contains("incomplete")))
                .isEmpty();
    }

    /** A score command that would work, with options added or changed. */
    private String[] score(String... changed) {
        return command(
                changed, "score", "--model", CommandRun.MODEL, "--prompts", CommandRun.IOI, "--out", out.toString());
    }

    private String[] sweep(Path scores, String... changed) {
        return command(
                changed,
                "sweep",
                "--model",
                CommandRun.MODEL,
                "--prompts",
                CommandRun.IOI,
                "--limit",
                "2",
                "--scores",
                scores.toString(),
                "--out",
                out.toString());
    }

    private static String[] command(String[] changed, String... usual) {
        List<String> args = new ArrayList<>(List.of(usual));
        List<String> changes = List.of(changed);
        for (int i = 0; i + 1 < changes.size(); i++) {
            int at = args.indexOf(changes.get(i));
            if (at > 0) {
                args.remove(at + 1);
                args.remove(at);
            }
        }
        args.addAll(changes);
        return args.toArray(new String[0]);
    }

    private String file(String content) throws IOException {
        Path file = temporary.resolve("prompts.json");
        Files.writeString(file, content, StandardOpenOption.CREATE);
        return file.toString();
    }

    private Path copyOfModel() throws IOException {
        Path copy = Files.createDirectories(temporary.resolve("model"));
        try (Stream<Path> files = Files.list(CommandRun.demo("model"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    private List<String> siblings() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("prompts.json"))
                    .toList();
        }
    }
}
