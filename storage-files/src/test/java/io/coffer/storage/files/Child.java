package io.coffer.storage.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the class path of the tests; its errors go to our own. */
final class Child {
  private Child() {}

  /**
   * @param temporary where RocksDB's library is unpacked; a killed process leaves it there
   */
  static Process start(Path temporary, Class<?> main, String... args) throws IOException {
    return start(List.of(), temporary, main, args);
  }

  /**
   * @param wrapper a command that runs what follows it
   */
  static Process start(List<String> wrapper, Path temporary, Class<?> main, String... args)
      throws IOException {
    var command = new ArrayList<String>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
