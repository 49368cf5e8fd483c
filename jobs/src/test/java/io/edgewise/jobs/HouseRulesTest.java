package io.edgewise.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class HouseRulesTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.edgewise");

    @Test
    void theWholeHouseIsLookedAt() {
        assertThat(HOUSE).extracting(JavaClass::getName).contains(Main.class.getName(), "io.edgewise.model.Autograd");
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
                .doNotHaveFullyQualifiedName("io.edgewise.model.Autograd")
                .and()
                .doNotHaveFullyQualifiedName("io.edgewise.model.TorchFunction")
                .and()
                .doNotHaveFullyQualifiedName("io.edgewise.model.TorchRuntime")
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
    void roomsFormNoCircles() {
        slices().matching("io.edgewise.(*)..").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Base)")
                .check(HOUSE);
    }
}
