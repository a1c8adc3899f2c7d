package io.coffer.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs of seeds: a few changes each, of the kinds that parsers stumble over. */
final class Mutator {
  private static final int MAX_BYTES = 16 << 10;

  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          ":",
          ";",
          ",",
          "=",
          "&",
          "?",
          "/",
          "\\",
          "\"",
          "'",
          "<",
          ">",
          "-",
          "+",
          "%",
          "%00",
          "%2e",
          "%2F",
          "%C3%A4",
          "%ff",
          "..",
          "*",
          "$",
          "${",
          "}",
          "[",
          "]",
          "{",
          "\u00c3\u00a4",
          "\u00ff",
          "\u00ed\u00a0\u0080",
          "&#0;",
          "&amp;",
          "<!--",
          "<![CDATA[",
          "<!DOCTYPE a [",
          "0",
          "-1",
          "1",
          "99999999999999999999",
          "2147483648",
          "9223372036854775807",
          "0x",
          "1e9",
          "NaN",
          "true",
          "null",
          "[[[[",
          "\\u0000",
          "\\ud800");

  private final Random random;
  private final List<byte[]> seeds;

  Mutator(Random random, List<byte[]> seeds) {
    this.random = random;
    this.seeds = seeds;
  }

  byte[] next() {
    var input = any();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      input = change(input);
    }
    return input.length <= MAX_BYTES ? input : Arrays.copyOf(input, MAX_BYTES);
  }

  private byte[] any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
    return switch (random.nextInt(9)) {
      case 0 -> replace(input, from, to, new byte[0]);
      case 1 -> replace(input, from, from, token());
      case 2 -> replace(input, from, to, token());
      case 3 -> replace(input, from, from, Arrays.copyOfRange(input, from, to));
      case 4 -> replace(input, from, to, piece(any()));
      case 5 -> Arrays.copyOf(input, from);
      case 6 -> replace(input, from, from, repeated());
      default -> withOtherByte(input);
    };
  }

  private byte[] withOtherByte(byte[] input) {
    if (input.length == 0) {
      return input;
    }
    var changed = input.clone();
    int at = random.nextInt(changed.length);
    changed[at] =
        random.nextBoolean()
            ? (byte) random.nextInt(256)
            : (byte) (changed[at] ^ (1 << random.nextInt(8)));
    return changed;
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] repeated() {
    var token = token();
    var out = new ByteArrayOutputStream();
    for (int count = random.nextInt(300); count > 0; count--) {
      out.writeBytes(token);
    }
    return out.toByteArray();
  }

  private byte[] piece(byte[] other) {
    int from = random.nextInt(other.length + 1);
    return Arrays.copyOfRange(other, from, Math.min(other.length, from + random.nextInt(200)));
  }

  private static byte[] replace(byte[] input, int from, int to, byte[] by) {
    var out = new ByteArrayOutputStream(input.length + by.length);
    out.write(input, 0, from);
    out.writeBytes(by);
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }
}
