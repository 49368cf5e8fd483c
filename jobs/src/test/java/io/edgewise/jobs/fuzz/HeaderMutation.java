package io.edgewise.jobs.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Changes the header of a safetensors file, and most often the length that stands before it too. */
record HeaderMutation(Mutation ofHeader) implements Mutation {
    private static final int LENGTH_BYTES = 8;

    @Override
    public byte[] of(byte[] whole, SplittableRandom random) {
        int dataOffset = LENGTH_BYTES
                + Math.toIntExact(
                        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong());
        byte[] header = ofHeader.of(Arrays.copyOfRange(whole, LENGTH_BYTES, dataOffset), random);
        int data = whole.length - dataOffset;
        ByteBuffer changed =
                ByteBuffer.allocate(LENGTH_BYTES + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
        changed.putLong(random.nextInt(10) == 0 ? random.nextLong() >> random.nextInt(64) : header.length);
        return changed.put(header).put(whole, dataOffset, data).array();
    }
}
