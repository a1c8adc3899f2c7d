package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatientBodyTest {
  private static final Pattern WAITED =
      Pattern.compile("<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>\n +<(\\w+)/>");

  private static PatientBody body(CompletableFuture<String> outcome) {
    return new PatientBody(
        outcome,
        Duration.ofMillis(5),
        result -> ("<" + result + "/>").getBytes(StandardCharsets.UTF_8),
        thrown ->
            ("<" + thrown.getClass().getSimpleName() + "/>").getBytes(StandardCharsets.UTF_8));
  }

  private static String text(java.nio.ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  @Test
  void blanksComeUntilTheOutcomeIsKnown() throws IOException {
    var outcome = new CompletableFuture<String>();
    var body = body(outcome);
    assertEquals(-1, body.length());
    var answer = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      answer.append(text(Objects.requireNonNull(body.next())));
    }
    outcome.complete("Done");
    answer.append(Chunks.text(body));
    var matcher = WAITED.matcher(answer);
    assertTrue(matcher.matches(), answer::toString);
    assertEquals("Done", matcher.group(1));
  }

  @Test
  void anErrorIsADocumentToo() throws IOException {
    var outcome = new CompletableFuture<String>();
    var body = body(outcome);
    var start = text(Objects.requireNonNull(body.next()));
    outcome.completeExceptionally(new IllegalStateException());
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<IllegalStateException/>",
        start + Chunks.text(body));
  }
}
