package io.coffer.server;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the settings about ACME. */
final class AcmeReader {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)(?!.*\\.[0-9]+$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
              + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

  private static final Pattern EMAIL = Pattern.compile("[!-~&&[^@,?\"<>]]+@[A-Za-z0-9.-]+");

  /** As many as Let's Encrypt takes. */
  private static final int MOST_NAMES = 100;

  private static final List<Setting> OTHERS =
      List.of(
          Setting.ACME_ACCEPT_TERMS,
          Setting.ACME_EMAIL,
          Setting.ACME_CA_FILE,
          Setting.ACME_HTTP_ADDRESS,
          Setting.ACME_DIRECTORY,
          Setting.ACME_CHALLENGE);

  private final SettingValues values;

  private AcmeReader(SettingValues values) {
    this.values = values;
  }

  /**
   * Turns values into options; null when nobody wants ACME.
   *
   * @throws UsageException they do not fit together
   */
  static @Nullable AcmeOptions read(SettingValues values) {
    return new AcmeReader(values).read();
  }

  private @Nullable AcmeOptions read() {
    var domains = values.list(Setting.ACME_DOMAINS);
    boolean accepted = values.oneOf(Setting.ACME_ACCEPT_TERMS, "on", "off").equals("on");
    var challenge = values.oneOf(Setting.ACME_CHALLENGE, "http-01", "tls-alpn-01");
    if (domains.isEmpty()) {
      refuseOthers();
      return null;
    }
    if (!accepted) {
      throw UsageException.wrong(
          "%s orders certificates from %s: read its terms of service, and give %s if you agree."
              .formatted(
                  Setting.ACME_DOMAINS.flag(),
                  values.text(Setting.ACME_DIRECTORY),
                  Setting.ACME_ACCEPT_TERMS.flag()));
    }
    boolean overHttp = challenge.equals("http-01");
    var email = values.text(Setting.ACME_EMAIL);
    if (!email.isEmpty() && !EMAIL.matcher(email).matches()) {
      throw wrong(Setting.ACME_EMAIL, "an address such as ops@example.com", email);
    }
    return new AcmeOptions(
        names(domains),
        email.isEmpty() ? null : email,
        directory(),
        TlsReader.optional(Setting.ACME_CA_FILE, values.text(Setting.ACME_CA_FILE)),
        overHttp ? AcmeOptions.Challenge.HTTP_01 : AcmeOptions.Challenge.TLS_ALPN_01,
        httpAddress(overHttp));
  }

  private void refuseOthers() {
    for (var setting : OTHERS) {
      if (!values.text(setting).equals(setting.defaultValue())) {
        throw UsageException.wrong(
            "%s needs %s, the names that the certificate is for."
                .formatted(SettingValues.names(setting), Setting.ACME_DOMAINS.flag()));
      }
    }
  }

  private static List<String> names(List<String> domains) {
    for (var domain : domains) {
      if (domain.startsWith("*.")) {
        throw UsageException.wrong(
            "%s cannot be '%s': for a wildcard authorities want a proof by DNS, which Coffer does"
                    .formatted(SettingValues.names(Setting.ACME_DOMAINS), domain)
                + " not do. Name each host, or get the certificate elsewhere and give it with "
                + Setting.TLS_CERT.flag()
                + ".");
      }
      if (!NAME.matcher(domain).matches()) {
        throw wrong(Setting.ACME_DOMAINS, "host names such as s3.example.com", domain);
      }
    }
    if (domains.size() > MOST_NAMES) {
      throw UsageException.wrong(
          "%s can name %d hosts at most, not %d."
              .formatted(SettingValues.names(Setting.ACME_DOMAINS), MOST_NAMES, domains.size()));
    }
    return domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  private URI directory() {
    var text = values.text(Setting.ACME_DIRECTORY);
    try {
      var uri = new URI(text);
      if ("https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw wrong(Setting.ACME_DIRECTORY, "a URL that begins with https://", text);
  }

  private @Nullable InetSocketAddress httpAddress(boolean overHttp) {
    var text = values.text(Setting.ACME_HTTP_ADDRESS);
    if (text.isEmpty()) {
      return null;
    }
    if (!overHttp) {
      throw UsageException.wrong(
          "%s is for %s http-01: tls-alpn-01 is answered at %s."
              .formatted(
                  SettingValues.names(Setting.ACME_HTTP_ADDRESS),
                  Setting.ACME_CHALLENGE.flag(),
                  Setting.ADDRESS.flag()));
    }
    return OptionsReader.address(Setting.ACME_HTTP_ADDRESS, text);
  }

  private static UsageException wrong(Setting setting, String wanted, String given) {
    return UsageException.wrong(
        "%s must be %s, not '%s'.".formatted(SettingValues.names(setting), wanted, given));
  }
}
