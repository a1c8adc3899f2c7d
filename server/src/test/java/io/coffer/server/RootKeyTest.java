package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.server.RootKey.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeyTest {
  @TempDir Path dir;
  private Path secrets = Path.of("");

  @BeforeEach
  void chooseDirectory() {
    secrets = dir.resolve("secrets");
  }

  @Test
  void theFirstStartMakesAPairAndTheNextOnesKeepIt() throws IOException {
    var first = RootKey.in(secrets, null, null);
    assertEquals(Source.NEW, first.source());
    assertTrue(first.accessKeyId().matches("[A-Z0-9]{20}"), first.accessKeyId());
    assertTrue(first.secretAccessKey().matches("[A-Za-z0-9]{40}"));
    assertTrue(first.canonicalId().matches("[0-9a-f]{64}"), first.canonicalId());
    var second = RootKey.in(secrets, null, null);
    assertEquals(Source.KEPT, second.source());
    assertEquals(first.accessKeyId(), second.accessKeyId());
    assertEquals(first.secretAccessKey(), second.secretAccessKey());
    assertEquals(first.canonicalId(), second.canonicalId());
  }

  @Test
  void theOwnerAloneMayReadIt() throws IOException {
    RootKey.in(secrets, null, null);
    assertEquals("rwx------", mode(secrets));
    assertEquals("rw-------", mode(secrets.resolve("root.properties")));
    try (var entries = Files.list(secrets)) {
      assertEquals(1, entries.count());
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aGivenPairIsUsedAndNotWritten() throws IOException {
    var given = RootKey.in(secrets, "admin", "a long secret");
    assertEquals(Source.GIVEN, given.source());
    assertEquals("admin", given.accessKeyId());
    var text = Files.readString(secrets.resolve("root.properties"));
    assertFalse(text.contains("admin"), text);
    assertFalse(text.contains("a long secret"), text);
    assertTrue(text.contains(given.canonicalId()), text);
  }

  @Test
  void theCanonicalIdStaysWhateverTheKey() throws IOException {
    var given = RootKey.in(secrets, "admin", "a long secret");
    var random = RootKey.in(secrets, null, null);
    var other = RootKey.in(secrets, "other", "another secret");
    assertEquals(Source.NEW, random.source());
    assertEquals(given.canonicalId(), random.canonicalId());
    assertEquals(given.canonicalId(), other.canonicalId());
    var kept = RootKey.in(secrets, null, null);
    assertEquals(random.secretAccessKey(), kept.secretAccessKey());
  }

  @Test
  void aStoreInMemoryHasAnotherPairEachTime() {
    var first = RootKey.inMemory(null, null);
    assertEquals(Source.NEW, first.source());
    assertNotEquals(first.secretAccessKey(), RootKey.inMemory(null, null).secretAccessKey());
    assertEquals("admin", RootKey.inMemory("admin", "a long secret").accessKeyId());
  }

  @Test
  void whatACrashLeftBehindDoesNotMatter() throws IOException {
    Files.createDirectory(secrets);
    Files.writeString(secrets.resolve("root.properties.new"), "access-key=HALF");
    var key = RootKey.in(secrets, null, null);
    assertEquals(Source.NEW, key.source());
    assertEquals(key.accessKeyId(), RootKey.in(secrets, null, null).accessKeyId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "access-key=A", "canonical-id=a\naccess-key=A\n", "secret-key=\\u00zz"})
  void aDamagedFileIsNamedAndLeftAlone(String text) throws IOException {
    Files.createDirectory(secrets);
    var file = Files.writeString(secrets.resolve("root.properties"), text);
    var error = assertThrows(UsageException.class, () -> RootKey.in(secrets, null, null));
    assertEquals(1, error.exitStatus());
    assertTrue(String.valueOf(error.getMessage()).startsWith(file.toString()));
    assertEquals(text, Files.readString(file));
  }

  @Test
  void secretsAreNotInWhatIsPrintedOfIt() {
    var key = RootKey.inMemory(null, null);
    assertFalse(key.toString().contains(key.secretAccessKey()));
    assertEquals(
        Set.of(true),
        Set.of(!new RootKeyFile.Content("c", "A", "topsecret").toString().contains("topsecret")));
  }
}
