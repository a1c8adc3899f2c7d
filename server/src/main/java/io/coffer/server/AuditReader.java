package io.coffer.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks the settings about the audit log. */
final class AuditReader {
  private static final int MEBIBYTES = 1_000_000;
  private static final int FILES = 10_000;
  private static final int MEBIBYTE_BITS = 20;

  private AuditReader() {}

  /**
   * Turns values into options.
   *
   * @throws UsageException one is wrong
   */
  static AuditOptions read(SettingValues values) {
    var text = values.text(Setting.AUDIT_LOG);
    long bytes = (long) values.number(Setting.AUDIT_LOG_SIZE, 1, MEBIBYTES) << MEBIBYTE_BITS;
    int files = values.number(Setting.AUDIT_LOG_FILES, 1, FILES);
    if (text.isEmpty()) {
      return AuditOptions.OFF;
    }
    return text.contains("://")
        ? AuditOptions.at(collector(text))
        : AuditOptions.in(path(text), bytes, files);
  }

  /** What is wrong is not repeated in the message: a URL may have a secret in it. */
  private static URI collector(String text) {
    try {
      var uri = new URI(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      boolean https = "https".equalsIgnoreCase(uri.getScheme());
      if ((http || https) && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw UsageException.wrong(
        "%s must be a file, or a URL such as https://logs.example.com/audit, without a user."
            .formatted(SettingValues.names(Setting.AUDIT_LOG)));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw UsageException.wrong(
          "%s must be the path of a file or a URL, not '%s'."
              .formatted(SettingValues.names(Setting.AUDIT_LOG), text));
    }
  }
}
