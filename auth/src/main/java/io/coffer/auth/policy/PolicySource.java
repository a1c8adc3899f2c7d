package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * The text of a policy as its author wrote it: where its statements are, and who stands in it. For
 * texts that {@link PolicyReader} has found good.
 */
public final class PolicySource {
  private static final JsonFactory JSON = new JsonFactory();

  private final String text;
  private final UnaryOperator<String> change;
  private final List<Span> statements = new ArrayList<>();
  private final StringBuilder changed = new StringBuilder();
  private int copied;

  /**
   * From the first character of a statement to the one after its last; lines and columns from 1.
   */
  public record Span(int startLine, int startColumn, int endLine, int endColumn) {}

  private PolicySource(String text, UnaryOperator<String> change) {
    this.text = text;
    this.change = change;
  }

  /** Where the statements of a policy are, in their order. */
  public static List<Span> statements(String text) {
    var source = new PolicySource(text, UnaryOperator.identity());
    source.read();
    return List.copyOf(source.statements);
  }

  /**
   * The same text with other principals of the type AWS.
   *
   * @param change from one to what is to take its place, or to itself
   */
  public static String withPrincipals(String text, UnaryOperator<String> change) {
    var source = new PolicySource(text, change);
    source.read();
    return source.changed.append(text, source.copied, text.length()).toString();
  }

  private void read() {
    try (var in = JSON.createParser(ObjectReadContext.empty(), text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isStatement = in.currentName().equals("Statement");
        var value = in.nextToken();
        if (!isStatement) {
          in.skipChildren();
        } else if (value == JsonToken.START_OBJECT) {
          statement(in);
        } else {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            statement(in);
          }
        }
      }
    }
  }

  private void statement(JsonParser in) {
    var start = in.currentTokenLocation();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      var name = in.currentName();
      boolean isPrincipal = name.equals("Principal") || name.equals("NotPrincipal");
      if (in.nextToken() == JsonToken.START_OBJECT && isPrincipal) {
        principals(in);
      } else {
        in.skipChildren();
      }
    }
    var end = in.currentLocation();
    statements.add(
        new Span(start.getLineNr(), start.getColumnNr(), end.getLineNr(), end.getColumnNr()));
  }

  private void principals(JsonParser in) {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isAws = in.currentName().equals("AWS");
      var value = in.nextToken();
      if (!isAws) {
        in.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        while (in.nextToken() == JsonToken.VALUE_STRING) {
          principal(in);
        }
      } else {
        principal(in);
      }
    }
  }

  private void principal(JsonParser in) {
    var start = in.currentTokenLocation();
    var old = in.getString();
    var wanted = change.apply(old);
    if (!wanted.equals(old)) {
      changed.append(text, copied, offset(start)).append(quoted(wanted));
      copied = offset(in.currentLocation());
    }
  }

  private static int offset(TokenStreamLocation location) {
    return (int) location.getCharOffset();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
