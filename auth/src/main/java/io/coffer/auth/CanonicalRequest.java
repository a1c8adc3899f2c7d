package io.coffer.auth;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * The canonical request of Signature V4. Source: Amazon S3 API Reference, "Signature Calculations
 * for the Authorization Header"; the path is S3's: encoded once, never normalised.
 */
final class CanonicalRequest {
  private final RequestHead head;
  private final SignedHeaders signedHeaders;
  private final String payloadHash;
  private final boolean presigned;

  /**
   * @param payloadHash as the client gave it, hex or a name such as UNSIGNED-PAYLOAD
   * @param presigned whether the signature is in the query, where it does not sign itself
   */
  CanonicalRequest(
      RequestHead head, SignedHeaders signedHeaders, String payloadHash, boolean presigned) {
    this.head = head;
    this.signedHeaders = signedHeaders;
    this.payloadHash = payloadHash;
    this.presigned = presigned;
  }

  /**
   * How to read what proxies and clients may write in several ways.
   *
   * @param asSent path and query exactly as they came, instead of decoded and encoded again
   * @param host instead of the Host header's value, or null
   * @param acceptEncoding instead of the Accept-Encoding header's value, or null
   */
  record Form(boolean asSent, @Nullable String host, @Nullable String acceptEncoding) {
    static final Form PLAIN = new Form(false, null, null);
  }

  boolean signs(String header) {
    return signedHeaders.contains(header);
  }

  /** Whether the form {@code asSent} can differ from the plain one. */
  boolean hasOtherSpelling() {
    return !path(true).equals(path(false)) || !query(true).equals(query(false));
  }

  String text(Form form) {
    var out = new StringBuilder(512);
    out.append(head.method()).append('\n');
    out.append(path(form.asSent)).append('\n');
    out.append(query(form.asSent)).append('\n');
    for (var name : signedHeaders.names()) {
      out.append(name).append(':');
      if (name.equals("host") && form.host != null) {
        out.append(form.host);
      } else if (name.equals("accept-encoding") && form.acceptEncoding != null) {
        out.append(form.acceptEncoding);
      } else {
        appendValues(out, head.headers(), name);
      }
      out.append('\n');
    }
    return out.append('\n')
        .append(signedHeaders.text())
        .append('\n')
        .append(payloadHash)
        .toString();
  }

  private String path(boolean asSent) {
    return asSent ? head.path() : UriEncoding.canonical(head.path(), true, false);
  }

  private String query(boolean asSent) {
    return asSent
        ? CanonicalQuery.asSent(head.query(), presigned)
        : CanonicalQuery.normalised(head.query(), presigned);
  }

  /** A header that is signed but did not come counts as an empty one. */
  private static void appendValues(StringBuilder out, Headers headers, String name) {
    boolean first = true;
    for (var field : headers.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        if (!first) {
          out.append(',');
        }
        first = false;
        appendCollapsed(out, field.value());
      }
    }
  }

  /** Without outer white space, every inner run of it as one blank. */
  private static void appendCollapsed(StringBuilder out, String value) {
    boolean any = false;
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        gap = any;
        continue;
      }
      if (gap) {
        out.append(' ');
      }
      out.append(c);
      any = true;
      gap = false;
    }
  }
}
