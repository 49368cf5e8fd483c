package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.Golden;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.graph.Edge;
import io.edgewise.graph.EdgeMask;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.model.torch.Scale;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatchableModelTest {
    private final PatchableModel model = Golden.tinyGpt2().model();
    private final PromptBatch batch = Golden.tinyGpt2().batches().get(0);
    private final NDScope scope = new NDScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void attributesAreAutoCircuits() {
        assertThat(model.seqDim()).isEqualTo(1);
        assertThat(model.seqLen()).isNull();
        assertThat(Golden.of("tiny-gpt2/tok").model().seqLen()).isEqualTo(8);
        assertThat(model.isFactorized()).isTrue();
        assertThat(Golden.of("tiny-gpt2/node").model().isFactorized()).isFalse();
        assertThat(model.isTransformer()).isTrue();
        assertThat(model.separateQkv()).isTrue();
        assertThat(Golden.of("tiny-gpt2/attn_in").model().separateQkv()).isFalse();
        assertThat(model.outputSlice()).isEqualTo(OutputSlice.LAST_SEQ);
        assertThat(model.prefix()).isEmpty();
        assertThat(Golden.of("tiny-gpt2/kvcache").model().prefix()).containsExactly(0, 37, 85, 46);
        assertThat(model.wrappedModel().config()).isSameAs(model.config());
        assertThat(model.config().blocks()).isEqualTo(2);
    }

    @Test
    void textsBecomeTokensAndTokensTexts() {
        Tokens tokens = model.toTokens(List.of("w37 w85", "w3 w4"));
        assertThat(tokens.ids().toLongArray()).containsExactly(0, 37, 85, 0, 3, 4);
        assertThat(model.toStrTokens("w37 w85")).hasSize(3).endsWith("w37", "w85");
        assertThat(model.toString(List.of(37, 85))).isEqualTo("w37 w85");
        assertThatThrownBy(() -> model.toTokens(List.of("w37 w85", "w3")))
                .isInstanceOf(InputException.class)
                .hasMessage("Texts of one length were wanted, got [3, 2] tokens");
        assertThatThrownBy(() -> Golden.of("tracr-reverse/qkv").model().tokenizer())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no tokenizer.json");
    }

    @Test
    void aRunWithCacheKeepsEveryNamedActivation() {
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        PatchableModel.CachedRun run = model.runWithCache(clean);
        assertThat(run.logits().toFloatArray())
                .containsExactly(model.forward(clean).toFloatArray());
        assertThat(run.cache().keySet()).containsExactlyElementsOf(Hooks.names(model.config()));
        assertThat(run.cache().get("blocks.0.hook_resid_pre").toFloatArray())
                .containsExactly(model.inputToEmbed(clean).toFloatArray());
        assertThat(run.cache().get("blocks.1.attn.hook_pattern").getShape().getShape())
                .containsExactly(4, 4, 8, 8);
        NDArray sources = model.sources(clean);
        assertThat(run.cache().get("blocks.1.hook_mlp_out").toFloatArray())
                .containsExactly(sources.get(10).toFloatArray());
    }

    @Test
    void aHookChangesWhatThePassGoesOnWith() {
        Tokens clean = model.tokens(batch, PromptSide.CLEAN);
        float[] plain = model.logits(clean).toFloatArray();
        NDArray patch = model.zeros(model.sources(clean).getShape());
        // An MLP that writes nothing is an MLP whose out-edges all carry zeros.
        PatchableModel hooked =
                model.addHook("blocks.1.hook_mlp_out", (name, activation) -> activation.mul(activation.zerosLike()));
        float[] patched = model.runPatched(clean, patch, EdgeMask.of(model.graph(), List.of("MLP 1->Resid End")))
                .toFloatArray();
        float[] logits = hooked.logits(clean).toFloatArray();
        assertArrayEquals(patched, logits, Rounding.of(plain));
        assertThat(logits).isNotEqualTo(plain);
        assertThat(hooked.resetHooks().logits(clean).toFloatArray()).containsExactly(plain);
        assertThat(model.logits(clean).toFloatArray()).containsExactly(plain);
        assertThatThrownBy(() -> model.addHook("blocks.7.hook_mlp_out", (name, activation) -> activation))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("No activation is named blocks.7.hook_mlp_out; the model has hook_embed,");
    }

    @Test
    void hooksMayReadOneBlockAndChangeAnotherWhileMasksAreDifferentiated() {
        List<NDArray> early = new ArrayList<>();
        KeptArrays kept = new KeptArrays();
        PatchableModel hooked = model.addHook("blocks.1.hook_resid_pre", (name, residual) -> Scale.by(0.5, residual))
                .addHook("blocks.0.hook_mlp_out", (name, output) -> {
                    early.add(kept.keep(output));
                    return output;
                })
                .addHook("blocks.1.hook_resid_mid", (name, residual) -> residual.add(early.remove(0)));
        Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
        NDArray plain = model.zeros(model.inputToEmbed(tokens).getShape());
        plain.setRequiresGradient(true);
        hooked.withGradients(tokens, "blocks.0.hook_resid_pre", (name, residual) -> residual.add(plain));
        NDArray masked = model.zeros(plain.getShape());
        masked.setRequiresGradient(true);
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        PatchableModel tapped = hooked.addHook("blocks.0.hook_resid_pre", (name, residual) -> residual.add(masked));
        new MaskGradients(tapped).of(tokens, patch, 0, NDArray::mean);
        kept.close();
        float[] wanted = plain.getGradient().toFloatArray();
        assertThat(plain.getGradient().abs().max().getFloat()).isGreaterThan(1e-4f);
        assertArrayEquals(wanted, masked.getGradient().toFloatArray(), Rounding.of(wanted));
    }

    /** Mask 1 leaves out what no edge carries; a hook may carry it. */
    @Test
    void atMaskOneGradientsGoThroughAHookThatLeadsPastTheEdges() {
        List<NDArray> early = new ArrayList<>();
        KeptArrays kept = new KeptArrays();
        PatchableModel hooked = model.addHook("blocks.0.hook_mlp_out", (name, output) -> {
                    early.add(kept.keep(output));
                    return output;
                })
                .addHook(
                        "ln_final.hook_normalized",
                        (name, normed) -> normed.mul(early.remove(0).mean(new int[] {1})));
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        double[] gradients =
                new MaskGradients(hooked).of(model.tokens(batch, PromptSide.CLEAN), patch, 1, NDArray::mean);
        kept.close();
        List<Edge> edges = model.graph().edges().toList();
        for (int edge = 0; edge < gradients.length; edge++) {
            if (edges.get(edge).name().equals("Resid Start->MLP 0")) {
                assertThat(Math.abs(gradients[edge])).isGreaterThan(1e-6);
            }
        }
        assertThat(edges).extracting(Edge::name).contains("Resid Start->MLP 0");
    }

    @Test
    void noGradientGoesThroughAHookThatStopsIt() {
        PatchableModel hooked = model.addHook("blocks.1.hook_resid_pre", (name, residual) -> residual.stopGradient());
        NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
        double[] gradients =
                new MaskGradients(hooked).of(model.tokens(batch, PromptSide.CLEAN), patch, 0, NDArray::mean);
        List<Edge> edges = model.graph().edges().toList();
        for (int edge = 0; edge < gradients.length; edge++) {
            String destination = edges.get(edge).destination().name();
            if (destination.startsWith("A0.") || destination.equals("MLP 0")) {
                assertThat(gradients[edge]).as(destination).isZero();
            }
        }
        assertThat(Arrays.stream(gradients)).anyMatch(each -> each != 0);
    }

    @Test
    void aPrefixThatIsKeptGivesWhatTheWholePromptsGive() {
        Golden kept = Golden.of("tiny-gpt2/kvcache");
        PatchableModel tails = kept.model();
        PromptBatch first = kept.batches().get(0);
        List<PromptPair> whole = first.pairs().stream()
                .map(pair -> new PromptPair(
                        with(tails.prefix(), pair.clean()),
                        with(tails.prefix(), pair.corrupt()),
                        pair.answers(),
                        pair.wrongAnswers()))
                .toList();
        float[] expected = model.logits(model.tokens(PromptBatch.of(0, whole), PromptSide.CORRUPT))
                .toFloatArray();
        assertArrayEquals(
                expected, tails.logits(tails.tokens(first, PromptSide.CORRUPT)).toFloatArray(), Rounding.of(expected));
    }

    @Test
    void paddingChangesNoLogitAndNoScore() {
        Golden padded = Golden.of("tiny-gpt2/padded");
        PromptBatch together = padded.batches().get(0);
        float[] logits = model.logits(model.tokens(together, PromptSide.CLEAN)).toFloatArray();
        for (int prompt = 0; prompt < together.size(); prompt++) {
            PromptBatch alone = PromptBatch.of(0, List.of(together.pairs().get(prompt)));
            assertArrayEquals(
                    Arrays.copyOfRange(logits, prompt * 100, (prompt + 1) * 100),
                    model.logits(model.tokens(alone, PromptSide.CLEAN)).toFloatArray(),
                    Rounding.of(logits));
        }
    }

    private static List<Integer> with(List<Integer> prefix, List<Integer> tail) {
        return Stream.concat(prefix.stream(), tail.stream()).toList();
    }

    @Test
    void twoThreadsDifferentiateAtOnceAndGetTheSameBits() throws Exception {
        double[] alone = gradients();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch both = new CountDownLatch(2);
            Future<double[]> first = pool.submit(() -> together(both));
            Future<double[]> second = pool.submit(() -> together(both));
            assertThat(first.get()).containsExactly(alone);
            assertThat(second.get()).containsExactly(alone);
        } finally {
            pool.shutdownNow();
        }
    }

    private double[] together(CountDownLatch both) throws InterruptedException {
        both.countDown();
        both.await();
        double[] last = gradients();
        for (int i = 0; i < 20; i++) {
            last = gradients();
        }
        return last;
    }

    private double[] gradients() {
        try (NDScope own = new NDScope()) {
            own.suppressNotUsedWarning();
            NDArray patch = model.sources(model.tokens(batch, PromptSide.CORRUPT));
            return new MaskGradients(model).of(model.tokens(batch, PromptSide.CLEAN), patch, 0.3, NDArray::mean);
        }
    }
}
