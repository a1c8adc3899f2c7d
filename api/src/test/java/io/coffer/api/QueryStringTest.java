package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Exception;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryStringTest {
  @Test
  void namesAndValuesAreDecodedAndAPlusIsABlank() {
    var query = QueryString.parse("prefix=a+b%2Bc%26&deli%6Diter=%2F&marker=x=y");
    assertEquals("a b+c&", query.first("prefix"));
    assertEquals("/", query.first("delimiter"));
    assertEquals("x=y", query.first("marker"));
    assertEquals(List.of("prefix", "delimiter", "marker"), List.copyOf(query.names()));
  }

  @Test
  void aParameterWithoutValueIsThere() {
    var query = QueryString.parse("&acl&&versionId=&");
    assertEquals("", query.first("acl"));
    assertEquals("", query.first("versionId"));
    assertTrue(query.contains("acl"));
    assertNull(query.first("policy"));
  }

  @Test
  void theFirstOfTwoCounts() {
    assertEquals("1", QueryString.parse("a=1&a=2").first("a"));
  }

  @Test
  void badEncodingIsRefused() {
    assertThrows(S3Exception.class, () -> QueryString.parse("a=%zz"));
    assertThrows(S3Exception.class, () -> QueryString.parse("%=1"));
    assertThrows(S3Exception.class, () -> QueryString.parse("a=%FF"));
  }
}
