package io.coffer.storage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable string of bytes; order is by unsigned byte, as in every ordered engine. */
public final class Bytes implements Comparable<Bytes> {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  public static Bytes empty() {
    return EMPTY;
  }

  /** A copy of these bytes. */
  public static Bytes copyOf(byte... bytes) {
    return new Bytes(bytes.clone());
  }

  /** These very bytes, which the caller will not change any more. */
  public static Bytes wrap(byte[] bytes) {
    return new Bytes(bytes);
  }

  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public int length() {
    return array.length;
  }

  public byte at(int index) {
    return array[index];
  }

  /** A copy, the caller's own. */
  public byte[] toArray() {
    return array.clone();
  }

  /** The array itself, not to be changed: for engines that only read it. */
  public byte[] unsafeArray() {
    return array;
  }

  public boolean startsWith(Bytes prefix) {
    return prefix.array.length <= array.length
        && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
  }

  /** These bytes and one zero byte more: the smallest string after this one. */
  public Bytes next() {
    return new Bytes(Arrays.copyOf(array, array.length + 1));
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(array);
  }
}
