package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BodyTest {
  @Test
  void bytesAreReadOnceAndThenEnd() throws IOException {
    try (var body = Body.of(new byte[] {1, 2, 3})) {
      assertEquals(3, body.length());
      var bytes = body.next();
      assertNotNull(bytes);
      assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), bytes);
      assertTrue(bytes.isReadOnly());
      assertNull(body.next());
      assertNull(body.next());
    }
  }

  @Test
  void anEmptyBodyEndsAtOnce() throws IOException {
    try (var body = Body.empty()) {
      assertEquals(0, body.length());
      assertNull(body.next());
      assertEquals(List.of(), body.announcedTrailers());
      assertEquals(Map.of(), body.trailers());
    }
  }

  @Test
  void aClosedBodyGivesNothingMore() throws IOException {
    var body = Body.of(new byte[] {1});
    body.close();
    body.close();
    assertNull(body.next());
  }
}
