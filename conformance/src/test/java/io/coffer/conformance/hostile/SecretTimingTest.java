package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Who forges signatures byte by byte, and measures how long each is refused, learns a good one if
 * the comparison stops at the first byte that differs. So what has computed a signature or holds a
 * secret compares with {@code MessageDigest.isEqual} alone. Source: CWE-208.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretTimingTest {
  /** What computes or gives a secret value, by the end of its full name. */
  private static final List<String> SECRETS =
      List.of(
          "javax.crypto.Mac.doFinal",
          "io.coffer.auth.SigningKey.sign",
          "io.coffer.auth.SigningKey.mac",
          "io.coffer.auth.SignatureV2.hmacSha1",
          "io.coffer.auth.Credential.secretAccessKey");

  private static final Set<String> COMPARISONS =
      Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "compare", "mismatch");

  private JavaClasses classes = new ClassFileImporter().importClasses();

  @BeforeAll
  void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.coffer.auth", "io.coffer.service", "io.coffer.api");
  }

  private Stream<JavaCodeUnit> that(Predicate<JavaCall<?>> call) {
    return classes.stream()
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> unit.getCallsFromSelf().stream().anyMatch(call));
  }

  private static boolean asksForASecret(JavaCall<?> call) {
    var name = call.getTargetOwner().getFullName() + "." + call.getName();
    return SECRETS.contains(name);
  }

  private static boolean compares(JavaCall<?> call) {
    return COMPARISONS.contains(call.getName())
        && !call.getTargetOwner().getPackageName().startsWith("io.coffer");
  }

  @Test
  void whoComputesASignatureComparesItInConstantTime() {
    assertTrue(that(SecretTimingTest::asksForASecret).count() >= 5, "no secrets are found");
    var offenders =
        that(SecretTimingTest::asksForASecret)
            .filter(unit -> unit.getCallsFromSelf().stream().anyMatch(SecretTimingTest::compares))
            .map(JavaCodeUnit::getFullName)
            .toList();
    assertEquals(List.of(), offenders);
  }

  @Test
  void signaturesAreComparedInOnePlace() {
    var places =
        that(call ->
                call.getTargetOwner().getFullName().equals("java.security.MessageDigest")
                    && call.getName().equals("isEqual"))
            .map(JavaCodeUnit::getFullName)
            .toList();
    var same = "io.coffer.auth.SigningKey.same(java.lang.String, java.lang.String)";
    assertTrue(places.contains(same), places::toString);
    var users =
        that(call -> call.getTarget().getFullName().equals(same))
            .map(unit -> unit.getOwner().getSimpleName())
            .toList();
    for (var user : List.of("SignatureCheck", "SignatureV2", "ChunkSignatures", "PostSignature")) {
      assertTrue(users.contains(user), users::toString);
    }
  }
}
