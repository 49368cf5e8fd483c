package io.edgewise.spark.kept;

import io.edgewise.reduce.BatchBlock;
import io.edgewise.reduce.GrownBlocks;
import io.edgewise.spark.HadoopSettings;
import io.edgewise.spark.WholeFile;
import io.edgewise.spark.model.HardwareHere;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that keep the results of finished batches, so that a run that was killed needn't run them again. There is one file per block,
 * which replaces the files of its halves. A block depends on the kind of hardware and on nothing else of the cluster. So any task can use
 * another task's file from the same kind of hardware, and none from another kind.
 *
 * @param directory that every executor sees
 * @param length how many numbers a batch has
 * @param hardware what the reading task computes on
 */
public record KeptBlocks(String directory, int length, HardwareHere hardware) implements GrownBlocks, Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptBlocks.class);

    /** Writes the block, then removes the files of the smaller blocks that it was summed from. */
    @Override
    public void accept(int batch, BatchBlock block) {
        WholeFile.write(
                path(new BlockName(block.first(), block.level())),
                out -> BlockFile.write(block, hardware.get().kind(), out));
        try {
            for (int level = 0; level < block.level(); level++) {
                int beside = (batch >> level ^ 1) << level;
                files().delete(path(new BlockName(beside, level)), false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove finished batches in " + directory, e);
        }
    }

    /** The blocks whose files are there, whole or not. */
    public List<BlockName> listed() {
        try {
            List<BlockName> blocks = new ArrayList<>();
            for (FileStatus file : files().listStatus(new Path(directory))) {
                BlockName.of(file.getPath().getName()).ifPresent(blocks::add);
            }
            return blocks;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list finished batches in " + directory, e);
        }
    }

    /** Whether a block's file can be read to its end and was made on hardware like this task's. */
    boolean isWhole(BlockName block) {
        return whole(block).isPresent();
    }

    /** Reads a block; empty where its file is broken or from other hardware. */
    Optional<BatchBlock> whole(BlockName block) {
        try {
            BlockFile.Made made = made(block);
            String here = hardware.get().kind();
            if (made.hardware().equals(here)) {
                return Optional.of(made.block());
            }
            LOG.warn(
                    "Finished batches in {} are from other hardware ({}, here {}), which rounds differently; they are run again",
                    path(block),
                    made.hardware(),
                    here);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            LOG.warn("{}; its batches are run again", e.getMessage());
            return Optional.empty();
        }
    }

    /** Reads a block, whatever hardware made it. */
    BatchBlock read(BlockName name) {
        return made(name).block();
    }

    private BlockFile.Made made(BlockName name) {
        Path file = path(name);
        try (InputStream in = files().open(file)) {
            BlockFile.Made made = BlockFile.read(in, length);
            if (made.block().first() != name.first() || made.block().level() != name.level()) {
                throw new IOException("it holds other batches than its name says");
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not use finished batches in " + file + ": " + e.getMessage(), e);
        }
    }

    private Path path(BlockName block) {
        return new Path(directory, block.file());
    }

    private FileSystem files() throws IOException {
        return new Path(directory).getFileSystem(HadoopSettings.current());
    }
}
