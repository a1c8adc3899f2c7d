package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.fuzz.Refusals;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of Content-Type, then the body of a form. However the body comes in pieces, it is read
 * alike.
 */
public final class PostFormFuzz {
  private static final int MAX_FIELDS = 20 << 10;

  private PostFormFuzz() {}

  private record Outcome(@Nullable String error, Map<String, String> fields, String file) {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    var contentType = new String(input, 0, end, StandardCharsets.ISO_8859_1).strip();
    var body = Arrays.copyOfRange(input, Math.min(input.length, end + 1), input.length);
    var whole = read(contentType, body, Math.max(1, body.length));
    assertEquals(whole, read(contentType, body, 1));
    assertEquals(whole, read(contentType, body, 7));
  }

  private static Outcome read(String contentType, byte[] body, int piece) throws IOException {
    try {
      var form = PostForm.read(new Chunks(body, piece), contentType);
      int size = 0;
      for (var field : form.fields().entrySet()) {
        size += field.getKey().length() + field.getValue().length();
      }
      assertTrue(size <= 2 * MAX_FIELDS, "fields of " + size);
      assertTrue(form.fields().containsKey("key"));
      var file = Chunks.read(form.file());
      assertTrue(file.length <= body.length);
      return new Outcome(null, new TreeMap<>(form.fields()), HexFormat.of().formatHex(file));
    } catch (S3Exception e) {
      Refusals.check(e, body.length + contentType.length());
      return new Outcome(e.error().code(), Map.of(), "");
    }
  }
}
