package io.edgewise.safetensors;

import io.edgewise.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A safetensors file on a local disk. Opening reads and checks the header; each tensor is then mapped into memory, not
 * copied, and stays mapped as long as its buffer is reachable.
 */
public final class SafetensorsFile {
    private final Path path;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, SafetensorsHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Reads and checks the header.
     *
     * @throws InputException where the file is missing or is no whole safetensors file
     */
    public static SafetensorsFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new InputException("No such file: " + path + "; wanted a safetensors file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer length = read(channel, 0, SafetensorsHeader.LENGTH_BYTES);
            int headerBytes = SafetensorsHeader.checkedLength(length.getLong(), channel.size());
            byte[] json = new byte[headerBytes];
            read(channel, SafetensorsHeader.LENGTH_BYTES, headerBytes).get(json);
            return new SafetensorsFile(path, SafetensorsHeader.parse(json, channel.size()));
        } catch (EOFException | MalformedHeaderException e) {
            throw new InputException(
                    "Not a whole safetensors file: " + path + " " + e.getMessage() + "; get the file again", e);
        } catch (IOException e) {
            throw new InputException("Could not read " + path + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** The tensors by name. */
    public Map<String, TensorEntry> tensors() {
        return header.tensors();
    }

    /** The tensor of this name, or null. */
    public @Nullable TensorEntry tensor(String name) {
        return header.tensors().get(name);
    }

    /**
     * Maps a tensor's bytes.
     *
     * @return a read-only direct buffer in little-endian order
     */
    public ByteBuffer map(TensorEntry tensor) {
        long bytes = tensor.end() - tensor.begin();
        if (bytes > Integer.MAX_VALUE) {
            throw new InputException("Tensor " + tensor.name() + " of " + path + " has " + bytes
                    + " bytes; one tensor may have at most " + Integer.MAX_VALUE);
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, header.dataOffset() + tensor.begin(), bytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new InputException("Could not map " + path + ": " + e.getMessage(), e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("has only " + channel.size() + " bytes");
            }
        }
        return buffer.flip();
    }
}
