package io.edgewise.prompt;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A batch of prompt pairs: the same pairs in the same order however the work is spread.
 *
 * @param index place of the batch among all batches; sums over batches are taken in this order
 * @param key SHA-256 of the token ids in hexadecimal: the same in every process (AutoCircuit's is Python's salted hash)
 * @param pairs at least one
 * @param length tokens that every prompt runs with: shorter ones get padding in front
 */
public record PromptBatch(int index, String key, List<PromptPair> pairs, int length) implements Serializable {
    public PromptBatch {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one prompt pair");
        }
        if (pairs.stream().anyMatch(pair -> pair.length() > length)) {
            throw new IllegalArgumentException("A batch of " + length + " tokens can't hold prompts of "
                    + pairs.stream().map(PromptPair::length).distinct().toList());
        }
    }

    /** A batch with the key of its tokens, as long as its longest prompt. */
    public static PromptBatch of(int index, List<PromptPair> pairs) {
        return of(
                index, pairs, pairs.stream().mapToInt(PromptPair::length).max().orElse(0));
    }

    /** A batch with the key of its tokens. */
    public static PromptBatch of(int index, List<PromptPair> pairs, int length) {
        return new PromptBatch(index, HexFormat.of().formatHex(hash(pairs)), pairs, length);
    }

    /** How many prompt pairs are in the batch. */
    public int size() {
        return pairs.size();
    }

    /** A batch of other prompts with this batch's index and length. */
    public PromptBatch of(List<PromptPair> others) {
        return of(index, others, length);
    }

    /** The prompts from {@code start} to before {@code end} as a batch of the same length. */
    public PromptBatch part(int start, int end) {
        return of(pairs.subList(start, end));
    }

    /** How many tokens of padding stand before each prompt. */
    public List<Integer> pads() {
        return pairs.stream().map(pair -> length - pair.length()).toList();
    }

    public boolean hasPads() {
        return pairs.stream().anyMatch(pair -> pair.length() < length);
    }

    /** Whether every prompt has its corrupt counterpart. */
    public boolean hasCorrupt() {
        return pairs.stream().allMatch(PromptPair::hasCorrupt);
    }

    /** Token ids of one side, row-major {@code [batch, seq]}. */
    public long[] tokens(PromptSide side, long padding) {
        if (side == PromptSide.CORRUPT && !hasCorrupt()) {
            throw new IllegalStateException("Some prompts have no corrupt one");
        }
        return pairs.stream()
                .flatMapToLong(pair -> LongStream.concat(
                        LongStream.generate(() -> padding).limit(length - pair.length()),
                        pair.tokens(side).stream().mapToLong(Integer::longValue)))
                .toArray();
    }

    static byte[] hash(List<PromptPair> pairs) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (PromptPair pair : pairs) {
            for (List<Integer> ids : List.of(pair.clean(), pair.corrupt())) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * (ids.size() + 1)).putInt(ids.size());
                ids.forEach(bytes::putInt);
                digest.update(bytes.flip());
            }
        }
        digest.update("edgewise-batch-2".getBytes(StandardCharsets.UTF_8));
        return digest.digest();
    }
}
