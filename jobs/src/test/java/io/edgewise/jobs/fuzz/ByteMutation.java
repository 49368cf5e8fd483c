package io.edgewise.jobs.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What disks, networks and people without a format in mind do to a file. */
enum ByteMutation implements Mutation {
    FLIP {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            byte[] flipped = whole.clone();
            for (int flips = random.nextInt(1, 6); flips > 0 && flipped.length > 0; flips--) {
                flipped[place(flipped, random)] ^= (byte) (1 << random.nextInt(8));
            }
            return flipped;
        }
    },
    TRUNCATE {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            return Arrays.copyOf(whole, place(whole, random));
        }
    },
    INSERT {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            byte[] garbage = new byte[random.nextInt(1, 20)];
            random.nextBytes(garbage);
            return spliced(whole, place(whole, random), garbage, 0);
        }
    },
    REMOVE {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            return spliced(whole, place(whole, random), new byte[0], random.nextInt(1, 20));
        }
    },
    REPEAT {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            int from = place(whole, random);
            byte[] piece = Arrays.copyOfRange(whole, from, Math.min(whole.length, from + random.nextInt(1, 200)));
            return spliced(whole, from, piece, 0);
        }
    },
    GARBAGE {
        @Override
        public byte[] of(byte[] whole, SplittableRandom random) {
            byte[] garbage = new byte[random.nextInt(500)];
            random.nextBytes(garbage);
            return garbage;
        }
    };

    private static int place(byte[] bytes, SplittableRandom random) {
        return bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    }

    private static byte[] spliced(byte[] whole, int at, byte[] added, int removed) {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(whole, 0, at);
        result.writeBytes(added);
        int rest = Math.min(whole.length, at + removed);
        result.write(whole, rest, whole.length - rest);
        return result.toByteArray();
    }
}
