package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFormTest {
  private static QueryForm parse(String query, String body) {
    return QueryForm.parse(query, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(CommonError error, String query, String body) {
    var thrown = assertThrows(QueryException.class, () -> parse(query, body));
    assertEquals(error, thrown.error(), thrown::getMessage);
  }

  @Test
  void queryAndBodyAreOneForm() {
    var form = parse("Action=A", "&&Version=1&Name=%C3%84+%2B%26&Empty=&Bare&=nameless");
    assertEquals("A", form.value("Action"));
    assertEquals("1", form.value("Version"));
    assertEquals("Ä +&", form.value("Name"));
    assertEquals("", form.value("Empty"));
    assertEquals("", form.value("Bare"));
    assertNull(form.value("name"));
  }

  @Test
  void rawUtf8IsReadAsWhatItIs() {
    assertEquals("Ä€😀", parse("", "Name=Ä€😀").value("Name"));
  }

  @Test
  void theParametersOfASignatureAreNoneOfTheForm() {
    var form = parse("Action=A&X-Amz-Signature=1&X-Amz-Date=2", "");
    assertNull(form.value("X-Amz-Signature"));
    assertEquals("A", form.value("Action"));
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    refused(CommonError.MALFORMED_QUERY_STRING, "", "a=1&a=1");
    refused(CommonError.MALFORMED_QUERY_STRING, "", "a=1&%61=2");
    refused(CommonError.MALFORMED_QUERY_STRING, "a=1", "a=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=a", "a=%C3", "a=%C3%28", "a=%ED%A0%80"})
  void badEncodingIsRefused(String text) {
    refused(CommonError.MALFORMED_QUERY_STRING, "", text);
    refused(CommonError.MALFORMED_QUERY_STRING, text, "");
  }

  @Test
  void thereAreAtMostTenThousandParameters() {
    var body = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      body.append('p').append(i).append("=1&");
    }
    assertEquals("1", parse("", body.toString()).value("p9999"));
    refused(CommonError.MALFORMED_INPUT, "", body + "one=more");
  }

  @Test
  void numberedNamesAreFoundWhateverIsBetweenThem() {
    var form =
        parse(
            "",
            "T.member.2=b&T.member.10.K=j&T.member.1=a&T.member.10.V=j&T.member.1.K=a"
                + "&T.members.1=x&T.memberX=y&T=z&T.member=w");
    assertEquals(
        List.of("T.member.1", "T.member.2", "T.member.10"), List.copyOf(form.items("T.member")));
    assertEquals(List.of(), List.copyOf(form.items("U.member")));
    assertTrue(form.hasInside("T.member.10"));
    assertFalse(form.hasInside("T.member.2"));
    assertFalse(form.hasInside("T.memberX"));
  }
}
