package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.S3Error;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=2-4, 2, 3",
    "bytes=5-, 5, 5",
    "bytes=5-99, 5, 5",
    "bytes=-3, 7, 3",
    "bytes=-99, 0, 10",
    "bytes=9-9, 9, 1",
    "bytes=1-9223372036854775807, 1, 9",
    "bytes=1-9999999999999999999, 1, 9"
  })
  void oneRangeOfTenBytes(String header, long offset, long length) {
    assertEquals(Optional.of(new ByteRange(offset, length)), Ranges.resolve(header, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,3-4", "bytes=", "bytes=-", "bytes=4-2", "lines=1-2", "bytes=a-b", ""})
  void whatIsNoRangeIsIgnored(String header) {
    assertEquals(Optional.empty(), Ranges.resolve(header, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
  void whatStartsBehindTheEndIsUnsatisfiable(String header) {
    assertEquals(S3Error.INVALID_RANGE, error(header, 10));
  }

  @Test
  void nothingCanBeTakenOfNothing() {
    assertEquals(S3Error.INVALID_RANGE, error("bytes=0-0", 0));
    assertEquals(S3Error.INVALID_RANGE, error("bytes=-1", 0));
    assertEquals(Optional.empty(), Ranges.resolve(null, 0));
  }

  private static @Nullable S3Error error(String header, long size) {
    return Store.errorOf(() -> Ranges.resolve(header, size));
  }
}
