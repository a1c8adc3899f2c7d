package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reserve when an earlier start had another setting. */
class BallastTest {
  private static final int MIB = 1 << 20;

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void makeOneOfAMebibyte() throws IOException {
    file = root.resolve(Ballast.NAME);
    ballast(2 * MIB).make();
    assertEquals(MIB, Files.size(file));
    assertFalse(ballast(2 * MIB).isToBeMade());
  }

  @Test
  void noneIsKeptWhereNoneIsWanted() throws IOException {
    var none = ballast(0);
    assertEquals(0, none.bytes());
    assertTrue(none.isToBeMade());
    none.make();
    assertFalse(none.isToBeMade());
    assertFalse(Files.exists(file));
  }

  @Test
  void aSmallerOneIsCountedGivenUpAndMadeLarger() throws IOException {
    var larger = ballast(6 * MIB);
    assertEquals(MIB, larger.bytes());
    assertTrue(larger.giveUp());
    assertFalse(Files.exists(file));
    assertEquals(0, larger.bytes());
    larger.make();
    assertEquals(3 * MIB, Files.size(file));
    assertEquals(3 * MIB, larger.bytes());
  }

  @Test
  void ofALargerOneCountsWhatIsWantedAndAllIsGivenUp() throws IOException {
    var smaller = ballast(MIB);
    assertEquals(MIB / 2, smaller.bytes());
    assertTrue(smaller.isToBeMade());
    assertTrue(smaller.giveUp());
    assertFalse(Files.exists(file));
  }

  private Ballast ballast(long reserveBytes) throws IOException {
    return Ballast.of(new RealDisk(), root, reserveBytes);
  }
}
