package io.edgewise.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.edgewise.jobs.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the pages point to. */
class LinksTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path ARCHITECTURE = HOME.resolve("docs/architecture.md");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(HOME);
                Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        assertThat(links(page))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @Test
    void theArchitecturePointsToFilesAndNamesEveryPackageOfTheJobs() throws IOException {
        assertThat(links(ARCHITECTURE)).hasSizeGreaterThan(8);
        String text = Files.readString(ARCHITECTURE);
        Set<String> packages = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages(Main.class.getPackageName()).stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(Main.class.getPackageName()))
                        .map(name -> name.substring(Main.class.getPackageName().length() + 1))
                        .collect(Collectors.toSet());
        assertThat(packages).contains("study").allSatisfy(name -> assertThat(text)
                .contains("`" + name + "`"));
    }
}
