package io.coffer.auth;

import io.coffer.model.Body;
import org.jspecify.annotations.Nullable;

/**
 * How the body of a request was announced by x-amz-content-sha256, and so how it is decoded and
 * checked. Immutable. Source: Amazon S3 API Reference, "Authenticating Requests: Using the
 * Authorization Header".
 */
public sealed interface Payload {
  /** The header that announces the body; its value is part of the signature. */
  String HEADER = "x-amz-content-sha256";

  /** Of that header: nothing is said of the body. */
  String UNSIGNED = "UNSIGNED-PAYLOAD";

  /**
   * The content of a raw HTTP body, decoded and verified while it flows. Its length is that of the
   * content. It is verified only when {@link Body#next} has answered null: content that shows
   * before that must not become visible to anybody. Closing it closes {@code raw}.
   */
  Body open(Body raw);

  /** The body may be anything. */
  record Unsigned() implements Payload {
    @Override
    public Body open(Body raw) {
      return raw;
    }
  }

  /**
   * The body has this hash.
   *
   * @param sha256 64 hex digits as the client gave them
   */
  record Exact(String sha256) implements Payload {
    @Override
    public Body open(Body raw) {
      return new Sha256Body(raw, sha256);
    }
  }

  /**
   * The body is aws-chunked.
   *
   * @param layout what is known of it
   * @param seed what the first chunk's signature builds on; null when chunks are not signed
   */
  record Chunked(ChunkedLayout layout, ChunkSignatures.@Nullable Seed seed) implements Payload {
    @Override
    public Body open(Body raw) {
      return new AwsChunkedBody(raw, layout, seed == null ? null : new ChunkSignatures(seed));
    }
  }
}
