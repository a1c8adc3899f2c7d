package io.coffer.api.transport;

import io.coffer.model.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bytes of fields as text. HTTP knows no charset (RFC 9110 §5.5): bytes that are UTF-8 are read as
 * such, since that is what S3's clients send in metadata; others as ISO 8859-1.
 */
final class HeaderText {
  private HeaderText() {}

  /** The fields that Netty decoded as ISO 8859-1. */
  static Headers read(HttpHeaders decoded) {
    var fields = new ArrayList<Headers.Field>(decoded.size());
    for (var entries = decoded.iteratorCharSequence(); entries.hasNext(); ) {
      var entry = entries.next();
      fields.add(new Headers.Field(entry.getKey().toString(), text(entry.getValue().toString())));
    }
    return Headers.of(fields);
  }

  /** Trailing fields by lower-case name; what is repeated is a list (RFC 9110 §5.3). */
  static Map<String, String> readTrailers(HttpHeaders decoded) {
    if (decoded.isEmpty()) {
      return Map.of();
    }
    var trailers = new LinkedHashMap<String, String>();
    for (var field : read(decoded).fields()) {
      trailers.merge(
          field.name().toLowerCase(Locale.ROOT), field.value(), (one, more) -> one + ", " + more);
    }
    return Map.copyOf(trailers);
  }

  private static String text(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      if (latin1.charAt(i) >= 0x80) {
        return utf8OrSame(latin1);
      }
    }
    return latin1;
  }

  private static String utf8OrSame(String latin1) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return latin1;
    }
  }
}
