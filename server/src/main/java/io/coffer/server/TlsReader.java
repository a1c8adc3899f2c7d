package io.coffer.server;

import io.coffer.api.transport.CertificateFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Checks the settings about certificates. */
final class TlsReader {
  private TlsReader() {}

  /**
   * Turns values into options.
   *
   * @throws UsageException they do not fit together
   */
  static TlsOptions read(SettingValues values) {
    var chains = values.list(Setting.TLS_CERT);
    var keys = values.list(Setting.TLS_KEY);
    boolean selfSigned = values.oneOf(Setting.TLS_SELF_SIGNED, "on", "off").equals("on");
    var authorities = values.text(Setting.TLS_CLIENT_CA);
    if (chains.size() != keys.size()) {
      throw UsageException.wrong(
          "%s and %s belong together: give one key for each certificate, in the same order."
              .formatted(
                  SettingValues.names(Setting.TLS_CERT), SettingValues.names(Setting.TLS_KEY)));
    }
    var acme = AcmeReader.read(values);
    if ((selfSigned ? 1 : 0) + (chains.isEmpty() ? 0 : 1) + (acme == null ? 0 : 1) > 1) {
      throw UsageException.wrong(
          "Give one of %s, %s and %s: each says where the certificate comes from."
              .formatted(
                  Setting.TLS_CERT.flag(),
                  Setting.TLS_SELF_SIGNED.flag(),
                  Setting.ACME_DOMAINS.flag()));
    }
    if (!authorities.isEmpty() && chains.isEmpty() && !selfSigned && acme == null) {
      throw UsageException.wrong(
          "%s needs HTTPS: give %s and %s too."
              .formatted(
                  SettingValues.names(Setting.TLS_CLIENT_CA),
                  Setting.TLS_CERT.flag(),
                  Setting.TLS_KEY.flag()));
    }
    var pairs = new ArrayList<CertificateFiles>();
    for (int i = 0; i < chains.size(); i++) {
      pairs.add(
          new CertificateFiles(
              path(Setting.TLS_CERT, chains.get(i)), path(Setting.TLS_KEY, keys.get(i))));
    }
    return new TlsOptions(pairs, optional(Setting.TLS_CLIENT_CA, authorities), selfSigned, acme);
  }

  /** A path, or null for an empty text. */
  static @Nullable Path optional(Setting setting, String text) {
    return text.isEmpty() ? null : path(setting, text);
  }

  private static Path path(Setting setting, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw UsageException.wrong(
          "%s must be the path of a file, not '%s'.".formatted(SettingValues.names(setting), text));
    }
  }
}
