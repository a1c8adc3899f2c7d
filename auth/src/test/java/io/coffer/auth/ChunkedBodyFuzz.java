package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.fuzz.Refusals;
import io.coffer.model.Body;
import io.coffer.model.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are aws-chunked: a byte of options, two of the announced length, one that chooses how
 * the body is cut into buffers, and the body. However it is cut, it is read alike.
 */
public final class ChunkedBodyFuzz {
  private static final int HEAD = 4;
  private static final int TRAILING = 1;
  private static final int SIGNED = 2;
  private static final int IN_HEAD = 4;
  private static final String TRAILER = "x-amz-checksum-crc32";

  private ChunkedBodyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length < HEAD) {
      return;
    }
    int options = input[0];
    int length = (input[1] & 0xFF) << 8 | (input[2] & 0xFF);
    var raw = Arrays.copyOfRange(input, HEAD, input.length);
    boolean trailing = (options & TRAILING) != 0;
    var layout =
        new ChunkedLayout(
            length,
            trailing,
            trailing ? List.of(TRAILER) : List.of(),
            (options & IN_HEAD) != 0 ? Set.of(TRAILER) : Set.of());
    var payload = new Payload.Chunked(layout, (options & SIGNED) != 0 ? seed() : null);
    var whole = read(payload.open(Fixture.pieces(List.of(raw))), input.length);
    var cuts = new Random(input[3]).ints(8, 0, raw.length + 1).sorted().toArray();
    assertEquals(whole, read(payload.open(Fixture.cut(raw, cuts)), input.length));
    assertEquals(whole, read(payload.open(Fixture.cut(raw, each(raw.length))), input.length));
    if (whole.error() == null) {
      assertEquals(2 * length, whole.content().length());
    }
  }

  private static int[] each(int length) {
    var cuts = new int[length];
    Arrays.setAll(cuts, i -> i);
    return cuts;
  }

  private static ChunkSignatures.Seed seed() {
    var key = SigningKey.derive(Fixture.SECRET, TestSigner.DATE, Fixture.REGION, SigningService.S3);
    return new ChunkSignatures.Seed(key, TestSigner.TIME, TestSigner.SCOPE, ChunkedWriter.SEED);
  }

  /**
   * What came of a body.
   *
   * @param content in hex; empty when it was refused, as it must be forgotten then
   */
  private record Outcome(@Nullable String error, String content, String trailers) {}

  private static Outcome read(Body body, int input) throws IOException {
    var content = new ByteArrayOutputStream();
    try {
      for (var bytes = body.next(); bytes != null; bytes = body.next()) {
        assertTrue(bytes.hasRemaining());
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        content.writeBytes(copy);
        assertTrue(content.size() <= body.length());
      }
    } catch (S3Exception e) {
      Refusals.check(e, input);
      return new Outcome(e.error().code(), "", "");
    }
    var hex = HexFormat.of().formatHex(content.toByteArray());
    return new Outcome(null, hex, new TreeMap<>(body.trailers()).toString());
  }
}
