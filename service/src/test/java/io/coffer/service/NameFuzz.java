package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.UriEncoding;
import io.coffer.fuzz.Refusals;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names that clients give: keys, buckets, versions, sources of copies, tokens of pages. */
public final class NameFuzz {
  private NameFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    int length = 3 * input.length;
    attempt(() -> token(text), length);
    attempt(() -> PageToken.parse(text), length);
    attempt(() -> key(text), length);
    attempt(() -> version(text), length);
    attempt(() -> source(text), length);
    attempt(() -> bucket(text), length);
  }

  private static void attempt(Runnable action, int length) {
    try {
      action.run();
    } catch (S3Exception e) {
      Refusals.check(e, length);
    }
  }

  private static void token(String entry) {
    assertEquals(entry, PageToken.parse(PageToken.of(entry)));
  }

  /** Rows are in the order of the keys, and give them back. */
  private static void key(String text) {
    var key = new ObjectKey(text).text();
    var path = Paths.current(key);
    assertArrayEquals(Paths.utf8(key), Paths.rawKey(path));
    assertArrayEquals(Paths.utf8(key), Paths.endedKey(Paths.older(key, 7)));
    for (var other : new String[] {key + "\0", key + "a", key.substring(1), "m"}) {
      int expected = Arrays.compareUnsigned(Paths.utf8(key), Paths.utf8(other));
      int actual = path.compareTo(Paths.current(other));
      assertEquals(Integer.signum(expected), Integer.signum(actual));
      int older = Paths.older(key, 7).compareTo(Paths.older(other, 7));
      assertEquals(Integer.signum(expected), Integer.signum(older));
    }
  }

  private static void version(String text) {
    if (VersionId.parse(text) instanceof VersionId.Wanted.Numbered numbered) {
      var id = new VersionId(numbered.sequence(), numbered.random(), false);
      assertTrue(id.toString().equalsIgnoreCase(text));
      assertTrue(id.is(numbered));
    }
  }

  private static void source(String text) {
    var source = CopySource.parse(text);
    var version = source.versionId();
    var written =
        UriEncoding.encode(source.bucket() + "/" + source.key().text(), true)
            + (version == null ? "" : "?versionId=" + version);
    assertEquals(source, CopySource.parse(written));
  }

  private static void bucket(String text) {
    var name = new BucketName(text).text();
    assertTrue(name.matches("[a-z0-9.-]{3,63}"), name);
    assertTrue(!name.contains("..") && !name.startsWith("."), name);
  }
}
