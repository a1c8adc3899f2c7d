package io.coffer.auth;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of an aws-chunked body. Data is not copied: what {@link #next} gives are views on the
 * raw body's buffers. The signature of a chunk is verified before the last of its bytes are given,
 * and that of the trailing fields before the end is. Source: as {@link ChunkSignatures}.
 */
final class AwsChunkedBody implements Body {
  private static final int MAX_HEAD_BYTES = 1_024;
  private static final long MIN_CHUNK_BYTES = 8_192;

  private final Body raw;
  private final RawChunks chunks;
  private final ChunkedLayout layout;
  private final @Nullable ChunkSignatures signatures;

  private Map<String, String> trailers = Map.of();
  private ChunkHead chunk = new ChunkHead(0, "");
  private int chunkNumber;
  private long leftInChunk;
  private long leftInBody;
  private boolean ended;

  /** Set while {@link #next} runs, so that it stays set when that fails. */
  private boolean broken;

  AwsChunkedBody(Body raw, ChunkedLayout layout, @Nullable ChunkSignatures signatures) {
    this.raw = raw;
    this.chunks = new RawChunks(raw);
    this.layout = layout;
    this.signatures = signatures;
    this.leftInBody = layout.length();
  }

  @Override
  public long length() {
    return layout.length();
  }

  @Override
  public List<String> announcedTrailers() {
    return layout.announced();
  }

  @Override
  public Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (broken) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
    if (ended) {
      return null;
    }
    broken = true;
    if (leftInChunk == 0) {
      startChunk();
    }
    var data = chunk.size() == 0 ? null : data();
    if (data == null) {
      end();
    }
    broken = false;
    return data;
  }

  private void startChunk() throws IOException {
    if (chunkNumber > 0 && !line(2).isEmpty()) {
      throw malformed("a chunk's data must end with CR LF");
    }
    long before = chunk.size();
    chunk = ChunkHead.parse(line(MAX_HEAD_BYTES), signatures != null);
    chunkNumber++;
    if (chunk.size() > leftInBody) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
    if (chunk.size() > 0 && chunkNumber > 1 && before < MIN_CHUNK_BYTES) {
      throw S3Error.INVALID_CHUNK_SIZE
          .exception()
          .with("Chunk", Integer.toString(chunkNumber))
          .with("BadChunkSize", Long.toString(before));
    }
    leftInChunk = chunk.size();
  }

  private ByteBuffer data() throws IOException {
    var data = chunks.slice(leftInChunk);
    leftInChunk -= data.remaining();
    leftInBody -= data.remaining();
    if (signatures != null) {
      signatures.update(data);
      if (leftInChunk == 0) {
        signatures.verifyChunk(chunk.signature());
      }
    }
    return data;
  }

  private void end() throws IOException {
    if (signatures != null) {
      signatures.verifyChunk(chunk.signature());
    }
    if (leftInBody > 0) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
    var fields = layout.trailing() ? new Trailers(chunks, layout, signatures).read() : trailers;
    chunks.end();
    trailers = Map.copyOf(fields);
    ended = true;
  }

  private String line(int max) throws IOException {
    var line = chunks.line(max, false, () -> malformed("a line is too long"));
    if (line == null) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
    return line;
  }

  static S3Exception malformed(String detail) {
    return S3Error.INVALID_REQUEST.exception("The aws-chunked body is malformed: " + detail + ".");
  }

  @Override
  public void close() {
    raw.close();
  }
}
