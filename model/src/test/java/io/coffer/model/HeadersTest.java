package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final Headers HEADERS =
      Headers.builder()
          .add("Host", "a")
          .add("X-Amz-Meta-Colour", "red")
          .add("x-amz-meta-colour", "blue")
          .add("x-amz-metadata-directive", "COPY")
          .build();

  @Test
  void namesCompareWithoutCaseAndValuesKeepTheirOrder() {
    assertEquals("red", HEADERS.first("x-AMZ-meta-colour"));
    assertEquals(List.of("red", "blue"), HEADERS.all("X-AMZ-META-COLOUR"));
    assertTrue(HEADERS.contains("host"));
  }

  @Test
  void whatIsAbsentIsNullOrEmpty() {
    assertNull(HEADERS.first("Date"));
    assertEquals(List.of(), HEADERS.all("Date"));
    assertFalse(HEADERS.contains("Date"));
    assertEquals(List.of(), Headers.empty().fields());
  }

  @Test
  void aPrefixFindsItsFieldsWithNamesInLowerCase() {
    assertEquals(
        List.of(
            new Headers.Field("x-amz-meta-colour", "red"),
            new Headers.Field("x-amz-meta-colour", "blue")),
        HEADERS.startingWith("X-AMZ-META-"));
  }

  @Test
  void whatWasBuiltDoesNotChange() {
    var builder = Headers.builder().add("a", "1");
    var built = builder.build();
    builder.add("b", "2");
    assertEquals(1, built.fields().size());
    var list = new ArrayList<>(built.fields());
    var headers = Headers.of(list);
    list.clear();
    assertEquals(1, headers.fields().size());
    assertThrows(UnsupportedOperationException.class, () -> headers.fields().clear());
  }
}
