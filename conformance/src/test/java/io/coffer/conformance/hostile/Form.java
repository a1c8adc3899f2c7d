package io.coffer.conformance.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A browser's upload form, signed by its owner over a policy that allows every field. */
final class Form {
  private static final String BOUNDARY = "----form";

  private final Map<String, String> fields = new LinkedHashMap<>();

  Form with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** Sends it with a file of one byte. */
  Answer send(Victim victim) {
    var all = new LinkedHashMap<>(fields);
    var policy = policy();
    all.put("AWSAccessKeyId", victim.accessKeyId());
    all.put("policy", policy);
    all.put("signature", signature(victim.secretAccessKey(), policy));
    var body = new StringBuilder();
    all.forEach((name, value) -> part(body, name, value));
    part(body, "file", "x");
    body.append("--").append(BOUNDARY).append("--\r\n");
    var head =
        victim.head(
            "POST",
            "/" + Victim.BUCKET,
            "Content-Type",
            "multipart/form-data; boundary=" + BOUNDARY);
    return victim.send(head, body.toString());
  }

  private static void part(StringBuilder body, String name, String value) {
    body.append("--").append(BOUNDARY).append("\r\n");
    body.append("Content-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
    body.append(value).append("\r\n");
  }

  private String policy() {
    var json = new StringBuilder("{\"expiration\": \"");
    json.append(Instant.now().plus(Duration.ofHours(1))).append("\", \"conditions\": [");
    json.append("[\"starts-with\", \"$bucket\", \"\"]");
    for (var name : fields.keySet()) {
      json.append(", [\"starts-with\", \"$").append(escaped(name)).append("\", \"\"]");
    }
    return Base64.getEncoder().encodeToString(json.append("]}").toString().getBytes(UTF_8));
  }

  private static String escaped(String name) {
    return name.replace("\r", "\\r").replace("\n", "\\n");
  }

  private static String signature(String secret, String policy) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
