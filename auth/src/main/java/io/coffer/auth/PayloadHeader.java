package io.coffer.auth;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what x-amz-content-sha256 and its companions announce of a body. */
final class PayloadHeader {
  private static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  private static final String SIGNED_CHUNKS_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
  private static final String UNSIGNED_CHUNKS_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  private static final String ECDSA = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";

  private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
  private static final String TRAILER = "x-amz-trailer";
  private static final int SHA256_DIGITS = 64;
  private static final int MAX_LENGTH_DIGITS = 18;

  private PayloadHeader() {}

  /**
   * @param seed of the request's own signature; null for an anonymous one
   * @throws S3Exception InvalidArgument, NotImplemented, MissingContentLength, InvalidRequest
   */
  static Payload parse(String value, RequestHead head, ChunkSignatures.@Nullable Seed seed) {
    return switch (value) {
      case Payload.UNSIGNED -> new Payload.Unsigned();
      case UNSIGNED_CHUNKS_TRAILER -> new Payload.Chunked(layout(head, true), null);
      case SIGNED_CHUNKS -> new Payload.Chunked(layout(head, false), require(seed, value));
      case SIGNED_CHUNKS_TRAILER -> new Payload.Chunked(layout(head, true), require(seed, value));
      case ECDSA, ECDSA + "-TRAILER" ->
          throw S3Error.NOT_IMPLEMENTED.exception(
              "Chunks signed with AWS4-ECDSA-P256-SHA256 are not implemented. Please use"
                  + " AWS4-HMAC-SHA256.");
      default -> {
        if (value.length() != SHA256_DIGITS || !value.chars().allMatch(HexFormat::isHexDigit)) {
          throw malformed(value);
        }
        yield new Payload.Exact(value);
      }
    };
  }

  /** Without a signature of the request there is none for its chunks to build on. */
  private static ChunkSignatures.Seed require(ChunkSignatures.@Nullable Seed seed, String value) {
    if (seed == null) {
      throw malformed(value);
    }
    return seed;
  }

  private static S3Exception malformed(String value) {
    return S3Error.INVALID_ARGUMENT
        .exception(
            String.join(
                    ", ",
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD",
                    UNSIGNED_CHUNKS_TRAILER,
                    SIGNED_CHUNKS,
                    SIGNED_CHUNKS_TRAILER,
                    ECDSA,
                    ECDSA + "-TRAILER")
                + " or a valid sha256 value.")
        .with("ArgumentName", Payload.HEADER)
        .with("ArgumentValue", value);
  }

  private static ChunkedLayout layout(RequestHead head, boolean trailing) {
    var announced = trailing ? announced(head) : Set.<String>of();
    var inHead = new HashSet<>(announced);
    inHead.removeIf(name -> !head.headers().contains(name));
    return new ChunkedLayout(length(head), trailing, List.copyOf(announced), inHead);
  }

  private static long length(RequestHead head) {
    var text = head.headers().first(DECODED_LENGTH);
    if (text == null || text.isEmpty()) {
      throw S3Error.MISSING_CONTENT_LENGTH.exception();
    }
    if (text.length() > MAX_LENGTH_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw S3Error.INVALID_ARGUMENT
          .exception("The decoded content length is not a number of bytes.")
          .with("ArgumentName", DECODED_LENGTH)
          .with("ArgumentValue", text);
    }
    return Long.parseLong(text);
  }

  private static Set<String> announced(RequestHead head) {
    var names = new LinkedHashSet<String>();
    for (var value : head.headers().all(TRAILER)) {
      for (var name : value.split(",", -1)) {
        var lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.isEmpty()) {
          continue;
        }
        if (!lower.startsWith("x-amz-checksum-") || names.size() == Trailers.MAX_FIELDS) {
          throw S3Error.INVALID_REQUEST.exception(
              "The value specified in the x-amz-trailer header is not supported");
        }
        names.add(lower);
      }
    }
    return names;
  }
}
