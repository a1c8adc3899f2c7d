package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFolderTest {
  @TempDir private Path data;

  @Test
  void filesAreFoundAtEveryDepthAndFoldersAreNot() throws IOException {
    var folder = Files.createDirectories(data.resolve("blobs/3f/a"));
    Files.createDirectories(data.resolve("blobs/3f/b"));
    var file = Files.createFile(folder.resolve("x"));
    assertEquals(List.of(file), BlobFolder.of(data).files());
  }
}
