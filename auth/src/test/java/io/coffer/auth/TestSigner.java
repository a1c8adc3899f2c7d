package io.coffer.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature V4 written a second time, from decoded values and in the most literal way, so that the
 * two can check each other.
 */
final class TestSigner {
  static final String DATE = "20130524";
  static final String TIME = DATE + "T000000Z";
  static final String SCOPE = DATE + "/us-east-1/s3/aws4_request";

  /** A parameter of a query, decoded. */
  record Parameter(String name, String value) {}

  private TestSigner() {}

  /** An Authorization header. */
  static String authorization(
      String method,
      String path,
      List<Parameter> query,
      Map<String, List<String>> headers,
      String payloadHash) {
    var names = String.join(";", lower(headers).keySet());
    return "AWS4-HMAC-SHA256 Credential="
        + Fixture.KEY_ID
        + "/"
        + SCOPE
        + ", SignedHeaders="
        + names
        + ", Signature="
        + hmacHex(key(), stringToSign(canonical(method, path, query, headers, payloadHash)));
  }

  /** A signature alone, over headers of these names and query parameters. */
  static String signature(
      String method,
      String path,
      List<Parameter> query,
      Map<String, List<String>> headers,
      String payloadHash) {
    return hmacHex(key(), stringToSign(canonical(method, path, query, headers, payloadHash)));
  }

  private static String canonical(
      String method,
      String path,
      List<Parameter> query,
      Map<String, List<String>> headers,
      String payloadHash) {
    var lines = new ArrayList<String>();
    lines.add(method);
    lines.add(escape(path).replace("%2F", "/"));
    lines.add(
        String.join(
            "&",
            query.stream()
                .map(p -> new Parameter(escape(p.name), escape(p.value)))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(p -> p.name + "=" + p.value)
                .toList()));
    lower(headers)
        .forEach(
            (name, values) ->
                lines.add(
                    name
                        + ":"
                        + String.join(
                            ",",
                            values.stream()
                                .map(v -> String.join(" ", v.strip().split("[ \t]+")))
                                .toList())));
    lines.add("");
    lines.add(String.join(";", lower(headers).keySet()));
    lines.add(payloadHash);
    return String.join("\n", lines);
  }

  private static TreeMap<String, List<String>> lower(Map<String, List<String>> headers) {
    var lower = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
    return lower;
  }

  private static String stringToSign(String canonical) {
    return "AWS4-HMAC-SHA256\n" + TIME + "\n" + SCOPE + "\n" + sha256(utf8(canonical));
  }

  /** All but unreserved characters. */
  static String escape(String text) {
    var out = new StringBuilder();
    for (byte b : utf8(text)) {
      var c = String.valueOf((char) b);
      out.append(c.matches("[A-Za-z0-9._~-]") ? c : "%%%02X".formatted(b & 0xFF));
    }
    return out.toString();
  }

  static byte[] key() {
    var key = utf8("AWS4" + Fixture.SECRET);
    for (var part : List.of(DATE, "us-east-1", "s3", "aws4_request")) {
      key = hmac("HmacSHA256", key, utf8(part));
    }
    return key;
  }

  static String hmacHex(byte[] key, String message) {
    return HexFormat.of().formatHex(hmac("HmacSHA256", key, utf8(message)));
  }

  static byte[] hmac(String algorithm, byte[] key, byte[] message) {
    try {
      var mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
