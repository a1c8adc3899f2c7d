package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicySourceTest {
  @Test
  void statementsAreFoundWhereTheyAre() {
    assertEquals(
        List.of(new PolicySource.Span(1, 15, 1, 33)),
        PolicySource.statements("{\"Statement\": {\"Effect\": \"Deny\"}}"));
    assertEquals(
        List.of(new PolicySource.Span(2, 2, 3, 3), new PolicySource.Span(3, 5, 3, 7)),
        PolicySource.statements("{\"Id\": {\"a\": []}, \"Statement\": [\n {\"a\": [{}]\n }, {}]}"));
  }

  @Test
  void onlyPrincipalsOfAwsAreReplaced() {
    var text =
        """
        {"Id": "a", "Statement": [
          {"Sid": "a", "Principal": {"AWS": [ "a" , "b"], "Service": "a"}, "Action": "a"},
          {"NotPrincipal": {"AWS": "\\u0061"}, "Condition": {"Principal": {"AWS": "a"}}},
          {"Principal": "a"}]}
        """;
    assertEquals(
        text.replace("[ \"a\" ", "[ \"x\\\\\\\"y\" ").replace("\"\\u0061\"", "\"x\\\\\\\"y\""),
        PolicySource.withPrincipals(text, name -> name.equals("a") ? "x\\\"y" : name));
  }

  @Test
  void aLongTextIsReplacedInTheSamePlaces() {
    var text =
        " ".repeat(70_000)
            + "{\"Statement\":"
            + " ".repeat(70_000)
            + "{\"Principal\": {\"AWS\": \"a\"}}}";
    var names = new ArrayList<String>();
    var changed =
        PolicySource.withPrincipals(
            text,
            name -> {
              names.add(name);
              return "b";
            });
    assertEquals(List.of("a"), names);
    assertEquals(text.replace("\"a\"", "\"b\""), changed);
  }
}
