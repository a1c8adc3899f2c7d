package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutObjectOutput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answer to a form, which the form may choose. */
final class PostAnswer {
  private PostAnswer() {}

  /**
   * @param fields by lower-case name
   * @param output of the PutObject that the form became
   */
  static Response of(
      Call call, Address address, Map<String, String> fields, PutObjectOutput output) {
    var stored = Answers.of(Operation.PUT_OBJECT, output);
    var headers = Headers.builder();
    stored.headers().fields().forEach(f -> headers.add(f.name(), f.value()));
    var eTag = output.eTag() == null ? "" : output.eTag();
    var redirect = redirect(fields);
    if (redirect != null) {
      headers.add("Location", redirect + query(redirect, address, eTag));
      return new Response(303, headers.build(), Body.empty());
    }
    var location = location(call, address);
    headers.add("Location", location);
    return switch (fields.getOrDefault("success_action_status", "")) {
      case "200" -> new Response(200, headers.build(), Body.empty());
      case "201" -> Response.xml(201, headers, document(location, address, eTag));
      default -> new Response(204, headers.build(), Body.empty());
    };
  }

  private static byte[] document(String location, Address address, String eTag) {
    return XmlText.document()
        .start("PostResponse")
        .element("Location", location)
        .element("Bucket", Objects.requireNonNull(address.bucket()))
        .element("Key", Objects.requireNonNull(address.key()))
        .element("ETag", eTag)
        .end("PostResponse")
        .bytes();
  }

  /** Where to send the browser; null when nowhere, as for what is no URL. */
  private static @Nullable String redirect(Map<String, String> fields) {
    var text = fields.getOrDefault("success_action_redirect", fields.get("redirect"));
    if (text == null) {
      return null;
    }
    try {
      var uri = new URI(text);
      boolean isWeb =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      return isWeb && uri.getHost() != null ? uri.toASCIIString() : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String query(String url, Address address, String eTag) {
    return (url.contains("?") ? "&" : "?")
        + "bucket="
        + PercentEncoding.encode(Objects.requireNonNull(address.bucket()))
        + "&key="
        + PercentEncoding.encode(Objects.requireNonNull(address.key()))
        + "&etag="
        + PercentEncoding.encode(eTag);
  }

  /** The object's own URL, below the one to which the form was sent. */
  private static String location(Call call, Address address) {
    var host = call.head().headers().first("Host");
    var base = call.head().path();
    var key = PercentEncoding.encode(Objects.requireNonNull(address.key())).replace("%2F", "/");
    return (call.exchange().secure() ? "https://" : "http://")
        + (host == null ? "" : host)
        + (base.endsWith("/") ? base : base + "/")
        + key;
  }
}
