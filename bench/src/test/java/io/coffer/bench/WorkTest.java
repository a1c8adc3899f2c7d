package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTest {
  @Test
  void aWorkIsAMethodAndASize() {
    assertEquals(new Work("get4k", Work.Kind.GET, 4096), Work.parse("get4k"));
    assertEquals(new Work("put64m", Work.Kind.PUT, 64 << 20), Work.parse("put64m"));
    assertEquals(new Work("head0", Work.Kind.HEAD, 0), Work.parse("head0"));
    assertEquals(new Work("list", Work.Kind.LIST, 1000), Work.parse("list"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "get", "GET4k", "post4k", "get4x", "get-4k", "list4k", "get9999999999g"})
  void whatIsNoWorkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Work.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "512, 512", "4k, 4096", "1M, 1048576", "8g, 8589934592"})
  void sizesArePowersOfTwo(String text, long bytes) {
    assertEquals(bytes, Bytes.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"1000, 1000 B", "4096, 4 KiB", "268435456, 256 MiB", "8589934592, 8 GiB"})
  void sizesAreSaidInTheLargestWholeUnit(long bytes, String text) {
    assertEquals(text, Bytes.format(bytes));
  }
}
