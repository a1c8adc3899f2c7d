package io.coffer.server;

import java.io.IOException;
import java.util.Properties;

/** Which Coffer this is. */
final class Version {
  private Version() {}

  /** As in the build's pom, such as {@code 0.1.0}. */
  static String text() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // as if there were none
    }
    return properties.getProperty("version", "(not from a build)");
  }
}
