package io.edgewise.spark.kept;

import io.edgewise.score.mask.MaskState;
import io.edgewise.score.mask.TrainingPoint;
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
 * The file format of a training that is under way, which keeps every bit: the hardware, the step, the parameters and their means, the curve, and
 * a CRC-32C of all that. It is a temporary file of one version of Edgewise, not a format for others.
 */
final class TrainingFile {
    private static final int MAGIC = 0x4544544D;

    private TrainingFile() {}

    /** A training and the hardware that it ran on. */
    record Made(String hardware, KeptTraining.Progress progress) {}

    static void write(KeptTraining.Progress progress, String hardware, OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(checked, 1 << 16));
        data.writeInt(MAGIC);
        data.writeUTF(hardware);
        MaskState state = progress.state();
        data.writeInt(state.step());
        data.writeInt(state.theta().length);
        write(state.theta(), data);
        write(state.mean(), data);
        write(state.square(), data);
        data.writeInt(progress.curve().size());
        for (TrainingPoint point : progress.curve()) {
            data.writeInt(point.step());
            data.writeInt(point.epoch());
            write(
                    new double[] {
                        point.loss(), point.faithfulness(), point.regularizer(), point.edges(), point.validation()
                    },
                    data);
        }
        data.flush();
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    private static void write(double[] values, DataOutputStream data) throws IOException {
        for (double value : values) {
            data.writeLong(Double.doubleToRawLongBits(value));
        }
    }

    /**
     * A training and the hardware that it ran on.
     *
     * @param length how many parameters it has
     * @throws IOException where the file isn't whole, or isn't a training of that many parameters
     */
    static Made read(InputStream in, int length) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in, 1 << 16), new CRC32C());
        DataInputStream data = new DataInputStream(checked);
        if (data.readInt() != MAGIC) {
            throw new IOException("it is not a training");
        }
        String hardware = data.readUTF();
        int step = data.readInt();
        if (data.readInt() != length) {
            throw new IOException("it doesn't have " + length + " parameters");
        }
        MaskState state = new MaskState(step, read(data, length), read(data, length), read(data, length));
        List<TrainingPoint> curve = new ArrayList<>();
        if (data.readInt() != step) {
            throw new IOException("it doesn't have a point for each of its " + step + " steps");
        }
        for (int left = step; left > 0; left--) {
            int number = data.readInt();
            int epoch = data.readInt();
            double[] values = read(data, 5);
            curve.add(new TrainingPoint(number, epoch, values[0], values[1], values[2], values[3], values[4]));
        }
        long computed = checked.getChecksum().getValue();
        if (data.readLong() != computed) {
            throw new IOException("it is broken");
        }
        return new Made(hardware, new KeptTraining.Progress(state, curve));
    }

    private static double[] read(DataInputStream data, int length) throws IOException {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = Double.longBitsToDouble(data.readLong());
        }
        return values;
    }
}
