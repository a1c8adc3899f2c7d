package io.coffer.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowWriter} wrote, field by field. Not thread-safe. */
public final class RowReader {
  private final ByteBuffer in;
  private final int format;

  /**
   * @param newest the newest format that the caller knows
   * @throws IllegalStateException the row was written by a newer version
   * @throws BufferUnderflowException it has no format; so throw all methods when it has less in it
   *     than it says
   */
  public RowReader(Bytes value, int newest) {
    in = ByteBuffer.wrap(value.unsafeArray());
    format = (int) number();
    if (format > newest) {
      throw new IllegalStateException("a row of format " + format + ", newer than this program");
    }
  }

  public int format() {
    return format;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  public boolean flag() {
    return number() != 0;
  }

  public String text() {
    return text((int) number());
  }

  public @Nullable String textOrNull() {
    int count = (int) number();
    return count == 0 ? null : text(count - 1);
  }

  public byte[] bytes() {
    return take((int) number());
  }

  public byte @Nullable [] bytesOrNull() {
    int count = (int) number();
    return count == 0 ? null : take(count - 1);
  }

  public BlobId blob() {
    return new BlobId(in.getLong(), in.getLong());
  }

  public Map<String, String> map() {
    int count = (int) number();
    if (count == 0) {
      return Map.of();
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < count; i++) {
      values.put(text(), text());
    }
    return values;
  }

  private String text(int bytes) {
    var value =
        new String(in.array(), in.position(), Objects.checkIndex(bytes, in.remaining() + 1), UTF_8);
    in.position(in.position() + bytes);
    return value;
  }

  private byte[] take(int count) {
    if (count < 0 || count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var value = new byte[count];
    in.get(value);
    return value;
  }
}
