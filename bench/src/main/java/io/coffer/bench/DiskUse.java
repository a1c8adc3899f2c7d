package io.coffer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What folders take on the disk: whole blocks, not the lengths of files. */
final class DiskUse {
  private DiskUse() {}

  /**
   * Bytes of a folder and all below it, as du(1) counts them; 0 when it is not there.
   *
   * @throws IOException if it cannot be read to its end
   */
  static long bytes(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder)) {
      return 0;
    }
    // RocksDB renames and deletes while du looks: what vanished takes nothing.
    Process du =
        new ProcessBuilder("du", "-sk", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    du.waitFor();
    int end = line.indexOf('\t');
    if (end < 1) {
      throw new IOException("du says nothing of " + folder);
    }
    return Long.parseLong(line.substring(0, end)) << 10;
  }
}
