package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.CommonError;
import io.coffer.model.QueryError;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.iam.DeleteUserResponse;
import io.coffer.model.iam.GetAccountSummaryResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.Operation;
import io.coffer.model.sts.Credentials;
import io.coffer.model.sts.GetSessionTokenResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

class QueryAnswerTest {
  private static final RequestId ID = new RequestId("0123456789ABCDEF", "host");

  private static byte[] bytes(Response response) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var next = response.body().next(); next != null; next = response.body().next()) {
      var piece = new byte[next.remaining()];
      next.get(piece);
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private static String text(Response response) throws IOException {
    return new String(bytes(response), StandardCharsets.UTF_8).lines().skip(1).findFirst().get();
  }

  @Test
  void anAnswerIsAsInAwsDocumentation() throws IOException {
    var summary = Map.of("Users", 3);
    var answer =
        QueryAnswer.of(
            QueryService.IAM,
            Operation.GET_ACCOUNT_SUMMARY,
            GetAccountSummaryResponse.builder().summaryMap(summary).build(),
            ID);
    assertEquals(200, answer.status());
    assertEquals("text/xml", answer.headers().first("Content-Type"));
    assertEquals(ID.id(), answer.headers().first("x-amzn-RequestId"));
    assertEquals(
        "<GetAccountSummaryResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
            + "<GetAccountSummaryResult><SummaryMap><entry><key>Users</key><value>3</value></entry>"
            + "</SummaryMap></GetAccountSummaryResult><ResponseMetadata>"
            + "<RequestId>0123456789ABCDEF</RequestId></ResponseMetadata>"
            + "</GetAccountSummaryResponse>",
        text(answer));
  }

  @Test
  void withoutAResultThereIsOnlyTheRequestId() throws IOException {
    var output = DeleteUserResponse.builder().build();
    assertEquals(
        "<DeleteUserResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
            + "<ResponseMetadata><RequestId>0123456789ABCDEF</RequestId></ResponseMetadata>"
            + "</DeleteUserResponse>",
        text(QueryAnswer.of(QueryService.IAM, Operation.DELETE_USER, output, ID)));
  }

  @Test
  void anExpiryIsInWholeSeconds() throws IOException {
    var credentials =
        Credentials.builder().expiration(Instant.parse("2026-01-31T12:00:00.999Z")).build();
    var output = GetSessionTokenResponse.builder().credentials(credentials).build();
    var operation = io.coffer.model.sts.Operation.GET_SESSION_TOKEN;
    assertEquals(
        "<GetSessionTokenResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
            + "<GetSessionTokenResult><Credentials><Expiration>2026-01-31T12:00:00Z</Expiration>"
            + "</Credentials></GetSessionTokenResult><ResponseMetadata>"
            + "<RequestId>0123456789ABCDEF</RequestId></ResponseMetadata>"
            + "</GetSessionTokenResponse>",
        text(QueryAnswer.of(QueryService.STS, operation, output, ID)));
  }

  private static void assertRefused(String type, QueryError error, String message)
      throws IOException {
    QueryException refusal = error.exception(message);
    var answer = QueryAnswer.of(QueryService.IAM, refusal, null, ID);
    assertEquals(error.status(), answer.status());
    assertEquals(
        "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error><Type>"
            + type
            + "</Type><Code>"
            + error.code()
            + "</Code><Message>a &lt; b\uFFFD</Message></Error>"
            + "<RequestId>0123456789ABCDEF</RequestId></ErrorResponse>",
        text(answer));
  }

  @Test
  void anErrorSaysWhoseFaultItIs() throws IOException {
    assertRefused("Sender", IamError.NO_SUCH_ENTITY, "a < b\u0001");
    assertRefused("Sender", CommonError.ACCESS_DENIED, "a < b\u0001");
    assertRefused("Receiver", CommonError.INTERNAL_FAILURE, "a < b\u0001");
  }

  /** Every output of both models, read by a parser that knows nothing of them. */
  @Test
  void everyOutputIsWrittenWithAllThatItHas() throws IOException {
    long seed = System.nanoTime();
    var records = new RandomRecords(new Random(seed));
    for (var operation : Operation.values()) {
      check(QueryService.IAM, operation, operation.output(), records, seed);
    }
    for (var operation : io.coffer.model.sts.Operation.values()) {
      check(QueryService.STS, operation, operation.output(), records, seed);
    }
  }

  private static <R> void check(
      QueryService service,
      QueryOperation operation,
      Shape<R> shape,
      RandomRecords records,
      long seed)
      throws IOException {
    R record = records.record(shape);
    var document = bytes(QueryAnswer.of(service, operation, (Object) record, ID));
    var root = parse(document);
    var name = "seed " + seed + ": " + operation.modelName();
    assertEquals(operation.modelName() + "Response", root.getTagName(), name);
    if (operation.result() != null) {
      assertMembers(name, shape, record, children(root, operation.result()).getFirst());
    }
  }

  private static Element parse(byte[] document) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(document))
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Element> children(Element parent, String name) {
    var found = new ArrayList<Element>();
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static <R> void assertMembers(String place, Shape<R> shape, R record, Element element) {
    for (var member : shape.members()) {
      var value = member.get().apply(record);
      var found = children(element, member.wireName());
      var where = place + "." + member.name();
      assertEquals(value == null ? 0 : 1, found.size(), where);
      if (value != null) {
        assertValue(where, member.type(), value, found.getFirst());
      }
    }
  }

  private static void assertValue(String place, Type<?> type, Object value, Element element) {
    switch (type) {
      case Type.Structure<?> nested -> assertStructure(place, nested.shape().get(), value, element);
      case Type.ListOf<?> list -> {
        var items = children(element, "member");
        var values = (List<?>) value;
        assertEquals(values.size(), items.size(), place);
        for (int i = 0; i < values.size(); i++) {
          assertValue(place + "[" + i + "]", list.element(), values.get(i), items.get(i));
        }
      }
      case Type.MapOf<?> map -> {
        var entries = children(element, "entry");
        var values = (Map<?, ?>) value;
        assertEquals(values.size(), entries.size(), place);
        for (var entry : entries) {
          var key = children(entry, "key").getFirst().getTextContent();
          var inside = children(entry, "value").getFirst();
          assertValue(
              place + "{" + key + "}",
              map.value(),
              Objects.requireNonNull(values.get(key)),
              inside);
        }
      }
      default -> assertEquals(Scalars.format(type, value), element.getTextContent(), place);
    }
  }

  @SuppressWarnings("unchecked") // a member's value is of its member's type
  private static <S> void assertStructure(
      String place, Shape<S> shape, Object value, Element element) {
    assertMembers(place, shape, (S) value, element);
  }
}
