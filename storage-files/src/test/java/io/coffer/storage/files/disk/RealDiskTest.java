package io.coffer.storage.files.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealDiskTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
  void aFullDiskIsToldFromABrokenOne(String text) {
    assertThrows(Disk.DiskFull.class, () -> RealDisk.full(() -> fail(text)));
  }

  @Test
  void aBrokenDiskIsNotAFullOne() {
    var failure =
        assertThrows(IOException.class, () -> RealDisk.full(() -> fail("Input/output error")));
    assertEquals(IOException.class, failure.getClass());
  }

  @Test
  void anInterruptDoesNotFailTheSyncOfADirectory() throws IOException {
    Thread.currentThread().interrupt();
    new RealDisk().sync(directory);

    assertTrue(Thread.interrupted());
  }

  private static Object fail(String text) throws IOException {
    throw new IOException(text);
  }
}
