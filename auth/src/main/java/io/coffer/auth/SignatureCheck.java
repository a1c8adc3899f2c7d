package io.coffer.auth;

import io.coffer.auth.CanonicalRequest.Form;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a signature with what the request should have: first with the request as it came, then,
 * when that fails, with a bounded number of other readings of the same request that proxies and
 * clients are known to produce. None of them changes what the request means.
 */
final class SignatureCheck {
  /** Enough for 17 hosts, or 4 with everything else that may vary. */
  private static final int MAX_TRIES = 40;

  /** What Go's SDKs sign before a proxy rewrites or removes the header. */
  private static final List<String> ACCEPT_ENCODINGS = List.of("identity", "gzip", "");

  private final CanonicalRequest request;
  private final CredentialScope scope;
  private final RequestTime time;
  private final SigningKey key;

  SignatureCheck(
      CanonicalRequest request, CredentialScope scope, RequestTime time, SigningKey key) {
    this.request = request;
    this.scope = scope;
    this.time = time;
    this.key = key;
  }

  /** The signature of the request as it stands. */
  String compute() {
    return key.sign(stringToSign(request.text(Form.PLAIN), StandardCharsets.UTF_8));
  }

  /**
   * @param hosts that the client may have signed, the Host header's value first
   * @throws S3Exception SignatureDoesNotMatch
   */
  void verify(String signature, Set<String> hosts) {
    var canonical = request.text(Form.PLAIN);
    var stringToSign = stringToSign(canonical, charsets(canonical).getFirst());
    if (SigningKey.same(key.sign(stringToSign), signature)) {
      return;
    }
    int tries = 0;
    for (var form : forms(hosts)) {
      var text = request.text(form);
      for (var charset : charsets(text)) {
        if (++tries > MAX_TRIES) {
          throw mismatch(signature, canonical, stringToSign);
        }
        if (SigningKey.same(key.sign(stringToSign(text, charset)), signature)) {
          return;
        }
      }
    }
    throw mismatch(signature, canonical, stringToSign);
  }

  private List<Form> forms(Set<String> hosts) {
    var encodings = new ArrayList<@Nullable String>();
    encodings.add(null);
    if (request.signs("accept-encoding")) {
      encodings.addAll(ACCEPT_ENCODINGS);
    }
    var spellings = request.hasOtherSpelling() ? List.of(false, true) : List.of(false);
    var forms = new ArrayList<Form>();
    for (var host : hosts) {
      for (boolean asSent : spellings) {
        for (var encoding : encodings) {
          forms.add(new Form(asSent, host, encoding));
        }
      }
    }
    return forms;
  }

  /**
   * What the characters of header values were as bytes. Up to U+00FF they are the bytes that came,
   * though some clients sign them in UTF-8; beyond it they can only be UTF-8.
   */
  private static List<Charset> charsets(String text) {
    int highest = text.chars().max().orElse(0);
    if (highest > 0xFF) {
      return List.of(StandardCharsets.UTF_8);
    }
    return highest < 0x80
        ? List.of(StandardCharsets.ISO_8859_1)
        : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8);
  }

  private String stringToSign(String canonical, Charset charset) {
    var hash = SigningKey.sha256().digest(canonical.getBytes(charset));
    return AuthorizationHeader.ALGORITHM
        + "\n"
        + time.basic()
        + "\n"
        + scope.text()
        + "\n"
        + HexFormat.of().formatHex(hash);
  }

  private S3Exception mismatch(String signature, String canonical, String stringToSign) {
    return S3Error.SIGNATURE_DOES_NOT_MATCH
        .exception()
        .with("AWSAccessKeyId", scope.accessKeyId())
        .with("StringToSign", stringToSign)
        .with("SignatureProvided", signature)
        .with("StringToSignBytes", bytes(stringToSign))
        .with("CanonicalRequest", canonical)
        .with("CanonicalRequestBytes", bytes(canonical));
  }

  /** Hex bytes separated by blanks, as AWS shows them. */
  static String bytes(String text) {
    return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
