package io.edgewise.spark.kept;

import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.reduce.RightAnswers;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The file format of a block of batches, which keeps every bit: the kind of hardware that made it, first batch, level, prompts, count, the
 * numbers, the notes, and a CRC-32C of all that. It is a temporary file of one version of Edgewise, not a format for others.
 */
final class BlockFile {
    private static final int MAGIC = 0x45444743;

    private BlockFile() {}

    static void write(BatchBlock block, String hardware, OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
        data.writeInt(MAGIC);
        data.writeUTF(hardware);
        data.writeInt(block.first());
        data.writeInt(block.level());
        data.writeLong(block.prompts());
        data.writeInt(block.sum().length);
        for (double value : block.sum()) {
            data.writeLong(Double.doubleToRawLongBits(value));
        }
        data.writeInt(block.notes().split());
        data.writeInt(block.notes().unfit().size());
        for (Unfit unfit : block.notes().unfit()) {
            data.writeInt(unfit.batch());
            data.writeInt(unfit.place());
        }
        RightAnswers right = block.notes().right();
        data.writeDouble(right.clean());
        data.writeDouble(right.corrupt());
        data.writeLong(right.prompts());
        data.flush();
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    /**
     * A block and the kind of hardware that made it.
     */
    record Made(String hardware, BatchBlock block) {}

    /**
     * @param length how many numbers a block has
     * @throws IOException where the file isn't whole, or isn't a block of that many numbers
     */
    static Made read(InputStream in, int length) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in, 1 << 16), new CRC32C());
        DataInputStream data = new DataInputStream(checked);
        if (data.readInt() != MAGIC) {
            throw new IOException("it is not a block of batches");
        }
        String hardware = data.readUTF();
        int first = data.readInt();
        int level = data.readInt();
        long prompts = data.readLong();
        if (data.readInt() != length) {
            throw new IOException("it doesn't have " + length + " numbers");
        }
        double[] sum = new double[length];
        for (int i = 0; i < length; i++) {
            sum[i] = Double.longBitsToDouble(data.readLong());
        }
        BatchNotes notes = notes(data);
        long computed = checked.getChecksum().getValue();
        if (data.readLong() != computed || level < 0 || level > BatchBlock.MOST_LEVELS) {
            throw new IOException("it is broken");
        }
        return new Made(hardware, new BatchBlock(first, level, prompts, sum, notes));
    }

    private static BatchNotes notes(DataInputStream data) throws IOException {
        int split = data.readInt();
        List<Unfit> unfit = new ArrayList<>();
        for (int left = data.readInt(); left > 0; left--) {
            unfit.add(new Unfit(data.readInt(), data.readInt()));
        }
        return new BatchNotes(split, unfit, new RightAnswers(data.readDouble(), data.readDouble(), data.readLong()));
    }
}
