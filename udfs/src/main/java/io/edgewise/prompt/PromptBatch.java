package io.edgewise.prompt;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Prompt pairs that run together: the same pairs in the same order however the work is spread.
 *
 * @param index place of the batch among all batches; sums over batches are taken in this order
 * @param key SHA-256 of the token ids in hexadecimal: the same in every process (AutoCircuit's is Python's salted hash)
 * @param pairs at least one, all of one length
 */
public record PromptBatch(int index, String key, List<PromptPair> pairs) implements Serializable {
    public PromptBatch {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("A batch needs at least one prompt pair");
        }
        int length = pairs.get(0).length();
        if (pairs.stream().anyMatch(pair -> pair.length() != length)) {
            throw new IllegalArgumentException("All prompts of a batch have the same number of tokens, got "
                    + pairs.stream().map(PromptPair::length).distinct().toList());
        }
    }

    /** A batch with the key that its tokens give. */
    public static PromptBatch of(int index, List<PromptPair> pairs) {
        return new PromptBatch(index, keyOf(pairs), pairs);
    }

    /** Prompt pairs in the batch. */
    public int size() {
        return pairs.size();
    }

    /** Tokens in each prompt. */
    public int length() {
        return pairs.get(0).length();
    }

    /** Token ids of one side, row-major {@code [batch, seq]}. */
    public long[] tokens(PromptSide side) {
        return pairs.stream()
                .flatMap(pair -> pair.tokens(side).stream())
                .mapToLong(Integer::longValue)
                .toArray();
    }

    private static String keyOf(List<PromptPair> pairs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (PromptPair pair : pairs) {
                for (List<Integer> ids : List.of(pair.clean(), pair.corrupt(), pair.answers(), pair.wrongAnswers())) {
                    ByteBuffer bytes = ByteBuffer.allocate(4 * (ids.size() + 1)).putInt(ids.size());
                    ids.forEach(bytes::putInt);
                    digest.update(bytes.flip());
                }
            }
            digest.update("edgewise-batch-1".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
