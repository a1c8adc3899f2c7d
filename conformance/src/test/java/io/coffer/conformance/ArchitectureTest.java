package io.coffer.conformance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of ARCHITECTURE.md about who may use whom, held against what was compiled. */
class ArchitectureTest {

  /** The modules, and which others each may use. Whatever ships is one of them. */
  private enum Part {
    MODEL("model", "io.coffer.model.."),
    CHECKSUMS("checksums", "io.coffer.checksums.."),
    AUTH("auth", "io.coffer.auth..", MODEL),
    STORAGE("storage", "io.coffer.storage"),
    STORAGE_MEMORY("storage.memory", "io.coffer.storage.memory..", STORAGE),
    STORAGE_FILES("storage.files", "io.coffer.storage.files..", STORAGE),
    SERVICE("service", "io.coffer.service..", MODEL, AUTH, CHECKSUMS, STORAGE),
    API("api", "io.coffer.api..", MODEL, AUTH, CHECKSUMS, SERVICE),
    SERVER(
        "server",
        "io.coffer.server..",
        MODEL,
        CHECKSUMS,
        AUTH,
        STORAGE,
        STORAGE_MEMORY,
        STORAGE_FILES,
        SERVICE,
        API);

    private final String module;
    private final String packages;
    private final Set<Part> uses;

    Part(String module, String packages, Part... uses) {
      this.module = "io.coffer." + module;
      this.packages = packages;
      this.uses = Set.of(uses);
    }

    String[] forbidden() {
      return Arrays.stream(values())
          .filter(part -> part != this && !uses.contains(part))
          .map(part -> part.packages)
          .toArray(String[]::new);
    }
  }

  private static JavaClasses everything = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readClasses() {
    everything =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                Arrays.stream(Part.values())
                    .map(part -> part.packages.replace("..", ""))
                    .toArray(String[]::new));
  }

  @Test
  void everyClassIsOfOneModule() {
    for (var part : Part.values()) {
      assertTrue(
          everything.stream().anyMatch(resideInAPackage(part.packages)), "no classes in " + part);
    }
    var packages = Arrays.stream(Part.values()).map(part -> part.packages).toArray(String[]::new);
    classes().should().resideInAnyPackage(packages).check(everything);
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void classesUseOnlyTheModulesBelow(Part part) {
    if (part.forbidden().length > 0) {
      noClasses()
          .that()
          .resideInAPackage(part.packages)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(part.forbidden())
          .check(everything);
    }
  }

  @ParameterizedTest
  @EnumSource(Part.class)
  void moduleDescriptorsRequireOnlyTheModulesBelow(Part part) {
    var descriptor = descriptors().get(part.module);
    assertTrue(descriptor != null, part.module + " has no descriptor");
    var allowed = part.uses.stream().map(used -> used.module).collect(Collectors.toSet());
    var required =
        descriptor.requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> name.startsWith("io.coffer."))
            .collect(Collectors.toCollection(TreeSet::new));
    required.removeAll(allowed);
    assertEquals(Set.of(), required, part.module + " requires what is not below it");
  }

  /** Those of the jars or directories of classes that this test runs with. */
  private static Map<String, ModuleDescriptor> descriptors() {
    var found = new HashMap<String, ModuleDescriptor>();
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      var path = Path.of(entry);
      boolean isOurs = path.getFileName().toString().startsWith("coffer-");
      if (isOurs || path.endsWith(Path.of("target", "classes"))) {
        for (var module : ModuleFinder.of(path).findAll()) {
          found.put(module.descriptor().name(), module.descriptor());
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "io.netty.., io.coffer.api.transport..",
    "org.rocksdb.., io.coffer.storage.files..",
    "com.dynatrace.hash4j.., io.coffer.checksums..",
    "picocli.., io.coffer.server..",
    "io.prometheus.., io.coffer.server..",
    "org.slf4j.., io.coffer.server..",
    "ch.qos.logback.., io.coffer.server..",
    "org.bouncycastle.., io.coffer.server..",
    "org.shredzone.., io.coffer.server..",
    "com.nimbusds.., io.coffer.service.oidc..",
    "javax.xml.., io.coffer.api.."
  })
  void onePackageKnowsTheLibrary(String library, String only) {
    noClasses()
        .that()
        .resideOutsideOfPackage(only)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(everything);
  }

  @Test
  void jsonIsForTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.coffer.auth..", "io.coffer.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(everything);
  }

  @Test
  void requestsAreServedWithoutReflection() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.coffer.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect..")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a class is looked up or looked into",
                call ->
                    call.getTargetOwner().isEquivalentTo(Class.class)
                        && call.getName().matches("forName|get(Declared)?(Field|Method|Constr).*")))
        .check(everything);
  }

  @Test
  void noStaticFieldCanBeSetAnew() {
    fields()
        .that()
        .areStatic()
        .and(DescribedPredicate.describe("are written", f -> !isSynthetic(f.getModifiers())))
        .should()
        .beFinal()
        .check(everything);
  }

  private static boolean isSynthetic(Collection<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.SYNTHETIC);
  }

  /** Collections that may change are often declared as interfaces; the most usual are caught. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        java.util.concurrent.ConcurrentMap.class,
        java.util.AbstractList.class,
        java.util.AbstractMap.class,
        java.util.Queue.class,
        java.util.concurrent.locks.Lock.class,
        java.util.concurrent.ExecutorService.class,
        ThreadLocal.class,
        StringBuilder.class
      })
  void noStaticFieldHoldsWhatChanges(Class<?> type) {
    noFields().that().areStatic().should().haveRawType(assignableTo(type)).check(everything);
  }

  private static DescribedPredicate<JavaClass> assignableTo(Class<?> type) {
    return JavaClass.Predicates.assignableTo(type);
  }

  @Test
  void noStaticFieldIsAnAtomic() {
    noFields()
        .that()
        .areStatic()
        .should()
        .haveRawType(resideInAnyPackage("java.util.concurrent.atomic"))
        .check(everything);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Impl", "Manager", "Helper", "Helpers", "Base"})
  void noClassHasANameThatSaysNothing(String ending) {
    noClasses().should().haveSimpleNameEndingWith(ending).check(everything);
  }

  /** Within the module api, HTTP lies below S3. */
  @Test
  void theTransportKnowsNothingOfTheApi() {
    noClasses()
        .that()
        .resideInAPackage("io.coffer.api.transport..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.coffer.api", "io.coffer.auth..", "io.coffer.service..")
        .check(everything);
  }
}
