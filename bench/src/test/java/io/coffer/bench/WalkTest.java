package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalkTest {
  private static final ResponseHead OK = new ResponseHead(200, "\r\n");

  private final RequestFactory requests =
      new RequestFactory(
          Endpoint.parse("a=http://127.0.0.1:9000,KEY,SECRET"),
          "eu-west-1",
          InstantSource.system());

  private Listing listing(long entries) {
    return new Listing(requests, "/b", "", false, entries);
  }

  /** The query of the next request; null when there is none. */
  private static @Nullable String query(Walk walk) {
    Request request = walk.next();
    if (request == null) {
      return null;
    }
    String line = new String(request.head(), StandardCharsets.US_ASCII).lines().findFirst().get();
    return line.substring(line.indexOf('?') + 1, line.lastIndexOf(' '));
  }

  private static long answer(Walk walk, long keys, @Nullable String next) throws IOException {
    String page =
        "<ListBucketResult><Contents/><KeyCount>%d</KeyCount><IsTruncated>%s</IsTruncated>%s"
            .formatted(
                keys,
                next != null,
                next == null ? "" : "<NextContinuationToken>" + next + "</NextContinuationToken>");
    walk.receiver().receive(ByteBuffer.wrap(page.getBytes(StandardCharsets.US_ASCII)));
    return walk.judge(OK);
  }

  @Test
  void aWalkGoesFromItsPlaceToTheEndAndThenFromTheBeginning() throws IOException {
    var walk = Walk.from(listing(7), "k/1");
    assertEquals("list-type=2&max-keys=1000&start-after=k%2F1", query(walk));
    assertEquals(5, answer(walk, 5, "a+&amp;="));
    assertEquals("continuation-token=a%2B%26%3D&list-type=2&max-keys=1000", query(walk));
    // Less than the whole listing has: it began in the middle.
    assertEquals(1, answer(walk, 1, null));
    assertEquals("list-type=2&max-keys=1000", query(walk));
    assertEquals(4, answer(walk, 4, "b"));
    assertNotNull(query(walk));
    assertEquals(3, answer(walk, 3, null));
    assertEquals("list-type=2&max-keys=1000", query(walk));
  }

  @Test
  void aWholeListingThatMissesAKeyIsAnError() throws IOException {
    var walk = Walk.laps(listing(7), 1);
    assertNotNull(query(walk));
    answer(walk, 4, "b");
    assertNotNull(query(walk));
    assertThrows(IOException.class, () -> answer(walk, 2, null));
    assertNull(query(walk));
  }

  @Test
  void aPageThatFailedIsAskedForAgain() throws IOException {
    var walk = Walk.laps(listing(-1), 1);
    query(walk);
    answer(walk, 4, "b");
    String second = query(walk);
    assertThrows(IOException.class, () -> walk.judge(new ResponseHead(503, "\r\n")));
    walk.failed();
    assertEquals(second, query(walk));
    answer(walk, 3, null);
    assertNull(query(walk));
  }

  @Test
  void aWalkOfSomePagesEndsWithTheTokenOfTheNext() throws IOException {
    var walk = Walk.pages(listing(-1), 2);
    query(walk);
    answer(walk, 4, "b");
    query(walk);
    answer(walk, 4, "c");
    assertNull(query(walk));
    assertEquals("c", walk.token());
    assertNull(query(Walk.pages(listing(-1), 0)));
  }

  @Test
  void aWalkOfMorePagesThanThereAreEndsWithTheTokenOfTheLast() throws IOException {
    var walk = Walk.pages(listing(-1), 9);
    query(walk);
    answer(walk, 4, "b");
    query(walk);
    answer(walk, 4, null);
    assertNull(query(walk));
    assertEquals("b", walk.token());
  }

  @Test
  void anEmptyPageAtTheEndIsNotTheLast() throws IOException {
    var walk = Walk.pages(listing(8), 9);
    query(walk);
    answer(walk, 4, "b");
    query(walk);
    answer(walk, 4, "c");
    query(walk);
    answer(walk, 0, null);
    assertEquals("b", walk.token());
  }

  @Test
  void delimiterAndPrefixAreInEveryRequest() {
    var folders = new Listing(requests, "/b", "d0/x", true, -1);
    String head = new String(folders.page("t", null).head(), StandardCharsets.US_ASCII);
    String query =
        "continuation-token=t&delimiter=%2F&list-type=2&max-keys=1000&prefix=d0%2Fx HTTP/1.1";
    assertTrue(head.contains(query), head);
  }

  @Test
  void aPageMustSayHowItGoesOn() {
    assertThrows(IOException.class, () -> ListedPage.parse("<Error/>"));
    assertThrows(
        IOException.class,
        () -> ListedPage.parse("<KeyCount>1</KeyCount><IsTruncated>true</IsTruncated>"));
  }
}
