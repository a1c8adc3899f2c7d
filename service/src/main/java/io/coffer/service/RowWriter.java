package io.coffer.service;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the value of a row: a format number, then fields in a fixed order. Numbers are varints
 * (LEB128), strings and bytes are counted, what may be absent has a count one higher. Not
 * thread-safe.
 */
public final class RowWriter {
  private byte[] buffer = new byte[256];
  private int size;

  public RowWriter(int format) {
    number(format);
  }

  public RowWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((byte) (rest | 0x80));
      rest >>>= 7;
    }
    octet((byte) rest);
    return this;
  }

  public RowWriter flag(boolean value) {
    return number(value ? 1 : 0);
  }

  public RowWriter text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  public RowWriter textOrNull(@Nullable String value) {
    return bytesOrNull(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  public RowWriter bytes(byte[] value) {
    number(value.length);
    append(value);
    return this;
  }

  public RowWriter bytesOrNull(byte @Nullable [] value) {
    if (value == null) {
      return number(0);
    }
    number(value.length + 1L);
    append(value);
    return this;
  }

  public RowWriter blob(BlobId id) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((byte) (id.time() >>> shift));
    }
    for (int shift = 56; shift >= 0; shift -= 8) {
      octet((byte) (id.random() >>> shift));
    }
    return this;
  }

  public RowWriter map(Map<String, String> values) {
    number(values.size());
    values.forEach((name, value) -> text(name).text(value));
    return this;
  }

  public Bytes finish() {
    return Bytes.wrap(Arrays.copyOf(buffer, size));
  }

  private void octet(byte value) {
    grow(1);
    buffer[size++] = value;
  }

  private void append(byte[] value) {
    grow(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  private void grow(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
    }
  }
}
