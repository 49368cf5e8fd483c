package io.edgewise.jobs.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Python that the how-to for Python tells its reader to type, and the module that it uses. */
record PythonPage(String code, String module) {

    static PythonPage read() throws IOException {
        String page = Files.readString(Path.of("../docs/howto/python.md"));
        String code = Pattern.compile("(?ms)^```python\\n(.*?)^```")
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        return new PythonPage(code, Files.readString(Path.of("../conf/python/edgewise.py")));
    }

    /** The first group of each match in the page's code. */
    List<String> found(String pattern) {
        return found(pattern, code);
    }

    /** The first group of each match in the module. */
    List<String> inModule(String pattern) {
        return found(pattern, module);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
