package io.edgewise.jobs.fuzz;

import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFuzzTest {
    @TempDir
    private Path temporary;

    @Test
    void brokenFilesAreReadOrRefused() {
        new Fuzz("safetensors files", 4 << 20).run(wholes(), mutations(), this::readFile);
        new Fuzz("safetensors in memory", 4 << 20)
                .run(wholes(), mutations(), input -> Safetensors.decode(input, "some file"));
    }

    private static List<byte[]> wholes() {
        Map<String, FloatTensor> tensors = new TreeMap<>();
        tensors.put("scalar", new FloatTensor(new long[] {}, new float[] {1}));
        tensors.put("none", new FloatTensor(new long[] {0, 5}, new float[0]));
        tensors.put("matrix", new FloatTensor(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}));
        return List.of(Safetensors.encode(tensors));
    }

    static List<Mutation> mutations() {
        Mutation json = new HeaderMutation(new JsonMutation());
        return List.of(
                json,
                json,
                json,
                new HeaderMutation(ByteMutation.FLIP),
                ByteMutation.FLIP,
                ByteMutation.TRUNCATE,
                ByteMutation.REPEAT,
                ByteMutation.REMOVE,
                ByteMutation.GARBAGE);
    }

    private void readFile(byte[] input) throws IOException {
        SafetensorsFile file = SafetensorsFile.open(Files.write(temporary.resolve("x.safetensors"), input));
        file.tensors().values().forEach(file::map);
    }
}
