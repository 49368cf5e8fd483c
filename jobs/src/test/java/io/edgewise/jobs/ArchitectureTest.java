package io.edgewise.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.edgewise.model.layer.ActivationHook;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.CircuitLogits;
import io.edgewise.model.stream.EdgeLogits;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.model.torch.TorchFunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which packages may use which. */
class ArchitectureTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.edgewise");

    private static final String JOBS = "io.edgewise.jobs";
    private static final String MODEL = "io.edgewise.model";
    private static final String SPARK = "io.edgewise.spark";

    /** Packages from top to bottom: each may use those that come later. */
    private static final Map<String, List<String>> FLOORS = Map.of(
            JOBS,
            List.of(
                    "notebook",
                    "command",
                    "options",
                    "study",
                    "report",
                    "sweep",
                    "ablations",
                    "inspect",
                    "score",
                    "run",
                    "bench",
                    "submission",
                    "export",
                    "results",
                    "input",
                    "figure",
                    "files",
                    "sql"),
            MODEL,
            List.of("stream", "weights", "layer", "config", "torch"),
            SPARK,
            List.of("batch", "share", "reduce", "prompt", "kept", "model", "sql"));

    @Test
    void theWholeHouseIsLookedAt() {
        assertThat(HOUSE)
                .extracting(JavaClass::getName)
                .contains(Main.class.getName(), "io.edgewise.model.torch.Autograd");
    }

    @Test
    void everyPackageOfTheJobsHasItsFloorAndMainStandsAlone() {
        Map<String, Set<String>> classes = HOUSE.stream()
                .filter(type -> type.getPackageName().startsWith(JOBS)
                        && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName, Collectors.mapping(JavaClass::getSimpleName, Collectors.toSet())));
        assertThat(classes.remove(JOBS)).containsExactly("Main");
        classes.remove(JOBS + ".djl"); // compiled where DJL's Spark extension is there
        assertThat(classes.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        floors(JOBS).map(Object::toString).toList());
    }

    private static Stream<String> floors(String house) {
        return FLOORS.get(house).stream().map(room -> house + "." + room);
    }

    static Stream<Arguments> rooms() {
        return FLOORS.keySet().stream().flatMap(house -> {
            List<String> rooms = floors(house).toList();
            return IntStream.range(1, rooms.size())
                    .mapToObj(room -> Arguments.of(rooms.get(room), rooms.subList(0, room)));
        });
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomsUseOnlyThoseBelow(String room, List<String> above) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above.toArray(String[]::new))
                .check(HOUSE);
    }

    /** What Java would keep from others if packages had packages within. */
    @Test
    void theEngineShowsNoneOfItsLayersAndStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MODEL + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(MODEL + ".layer", MODEL + ".stream")
                        .and(not(belongToAnyOf(
                                Tokens.class,
                                ActivationHook.class,
                                CircuitLogits.class,
                                EdgeLogits.class,
                                PatchOrigin.class))))
                .check(HOUSE);
    }

    /** A class that holds such a function can't be loaded before PyTorch, and settings are read before. */
    @Test
    void onlyTheEngineHasFunctionsOfPyTorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MODEL + "..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(TorchFunction.class)
                .check(HOUSE);
    }

    @Test
    void onlyTheOuterRoomsKnowSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.edgewise.spark..", "io.edgewise.pipeline..", "io.edgewise.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .check(HOUSE);
    }

    @Test
    void onlyTheEngineKnowsArrays() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.edgewise.model..",
                        "io.edgewise.ablation..",
                        "io.edgewise.score..",
                        "io.edgewise.circuit..",
                        "io.edgewise.metric..",
                        "io.edgewise.check..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.ndarray..")
                .check(HOUSE);
    }

    @Test
    void threeClassesAloneKnowTheEngine() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.edgewise.model.torch.Autograd")
                .and()
                .doNotHaveFullyQualifiedName("io.edgewise.model.torch.TorchFunction")
                .and()
                .doNotHaveFullyQualifiedName("io.edgewise.model.torch.TorchRuntime")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .check(HOUSE);
    }

    @Test
    void thePipelineDoesNotKnowTheJobs() {
        noClasses()
                .that()
                .resideInAPackage("io.edgewise.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.edgewise.jobs..")
                .check(HOUSE);
    }

    @Test
    void udfsKnowNeither() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.edgewise.pipeline..", "io.edgewise.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.edgewise.pipeline..", "io.edgewise.jobs..")
                .check(HOUSE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.edgewise.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Base)")
                .check(HOUSE);
    }
}
