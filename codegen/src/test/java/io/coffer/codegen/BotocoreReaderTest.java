package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.codegen.ServiceModel.Location;
import io.coffer.codegen.ServiceModel.Scalar;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BotocoreReaderTest {
  private static ServiceModel read(String operations, String shapes) {
    return read("\"protocol\": \"rest-xml\"", operations, shapes);
  }

  private static ServiceModel read(String metadata, String operations, String shapes) {
    var json =
        """
        {"metadata": {"apiVersion": "2026-01-01", "serviceFullName": "The Test", %s},
          "operations": {%s}, "shapes": {%s}}
        """
            .formatted(metadata, operations, shapes);
    return new BotocoreReader("test", new JsonMapper().readTree(json)).read();
  }

  /** The members of a structure S beside a string, a list of strings and a blob. */
  private static List<ServiceModel.Member> members(String structure) {
    var shapes =
        """
        "Text": {"type": "string"},
        "Secret": {"type": "string", "sensitive": true},
        "Date": {"type": "timestamp", "timestampFormat": "rfc822"},
        "Blob": {"type": "blob"},
        "Flat": {"type": "list", "flattened": true,
          "member": {"shape": "Text", "locationName": "I"}},
        "List": {"type": "list", "member": {"shape": "Text"}},
        "S": {"type": "structure", %s}
        """;
    return read("", shapes.formatted(structure)).structure("S").members();
  }

  @Test
  void everyPlaceOfTheMessageIsKnown() {
    var members =
        members(
            """
            "required": ["L"], "payload": "P", "members": {
              "L": {"shape": "Text", "location": "uri", "locationName": "Bucket"},
              "Q": {"shape": "Text", "location": "querystring", "locationName": "q"},
              "H": {"shape": "Text", "location": "header", "locationName": "x-h"},
              "M": {"shape": "Text", "location": "headers", "locationName": "x-amz-meta-"},
              "C": {"shape": "Text", "location": "statusCode"},
              "P": {"shape": "Blob"},
              "E": {"shape": "Text"},
              "A": {"shape": "Text", "locationName": "xsi:type", "xmlAttribute": true}}
            """);
    assertEquals(
        List.of(Location.values()), members.stream().map(ServiceModel.Member::location).toList());
    assertEquals(
        List.of("Bucket", "q", "x-h", "x-amz-meta-", "C", "P", "E", "xsi:type"),
        members.stream().map(ServiceModel.Member::wireName).toList());
    assertTrue(members.get(0).required());
    assertFalse(members.get(1).required());
    assertTrue(members.get(5).streaming(), "a blob that is the body is a stream");
  }

  @Test
  void listsComeAfterScalarsAndFlatOnesTakeTheNameOfTheirItems() {
    var members =
        members(
            """
            "members": {"F": {"shape": "Flat"}, "L": {"shape": "List"},
              "N": {"shape": "Flat", "locationName": "Own"}, "T": {"shape": "Text"}}
            """);
    assertEquals(
        List.of("T", "I", "L", "Own"),
        members.stream().map(ServiceModel.Member::wireName).toList());
    assertTrue(members.get(1).flattened());
    assertFalse(members.get(2).flattened());
  }

  @Test
  void formatsAndSecretsComeFromTheShape() {
    var members =
        members("\"members\": {\"D\": {\"shape\": \"Date\"}, \"K\": {\"shape\": \"Secret\"}}");
    assertEquals("rfc822", members.get(0).timestampFormat());
    assertFalse(members.get(0).sensitive());
    assertTrue(members.get(1).sensitive());
  }

  @Test
  void anOperationHasThePathsConditionsAndTheDemandedParameters() {
    var model =
        read(
            """
            "Get": {"http": {"method": "GET", "requestUri": "/{Bucket}/{Key+}?parts=2&x-id=Get&acl",
                "responseCode": 204}, "input": {"shape": "In"},
              "httpChecksum": {"requestChecksumRequired": true}},
            "List": {"http": {"method": "GET", "requestUri": "/"}, "deprecated": true},
            "Head": {"http": {"method": "HEAD", "requestUri": "/{Bucket}"}}
            """,
            """
            "Text": {"type": "string"},
            "In": {"type": "structure", "required": ["Id"], "members": {
              "Id": {"shape": "Text", "location": "querystring", "locationName": "id"},
              "Max": {"shape": "Text", "location": "querystring", "locationName": "max"}}}
            """);
    var get = model.operations().get(0);
    assertEquals(Map.of("parts", "2", "acl", "", "id", ""), get.route().query());
    assertEquals(204, get.status());
    assertEquals(ServiceModel.Target.OBJECT, get.route().target());
    assertTrue(get.checksumRequired());
    assertEquals(new ServiceModel.Structure(List.of(), null, false), model.shape("GetOutput"));
    var list = model.operations().get(1);
    assertEquals(200, list.status());
    assertEquals(ServiceModel.Target.SERVICE, list.route().target());
    assertTrue(list.deprecated());
    assertEquals("ListRequest", list.input());
    assertEquals(ServiceModel.Target.BUCKET, model.operations().get(2).route().target());
  }

  private static final String PAYLOAD =
      """
      "%s": {"type": "structure", "payload": "Doc", "members": {"Doc":
        {"shape": "Inner", "locationName": "%s", "xmlNamespace": {"uri": "%s"}}}}
      """;

  @Test
  void aPayloadGivesItsStructureTheRootAndTheModelItsNamespace() {
    var model =
        read(
            "",
            "\"Inner\": {\"type\": \"structure\", \"members\": {}},"
                + PAYLOAD.formatted("Put", "Document", "urn:s3"));
    assertEquals("Document", model.structure("Inner").rootName());
    assertEquals("urn:s3", model.service().namespace());
  }

  @Test
  void aStructureWithTwoRootsFails() {
    var two =
        PAYLOAD.formatted("Put", "One", "urn:s3") + "," + PAYLOAD.formatted("Set", "Two", "urn:s3");
    var failure = assertThrows(IllegalStateException.class, () -> read("", two));
    assertTrue(String.valueOf(failure.getMessage()).contains("One and Two"));
  }

  @Test
  void aSecondNamespaceFails() {
    var two =
        PAYLOAD.formatted("Put", "One", "urn:a") + "," + PAYLOAD.formatted("Set", "One", "urn:b");
    assertThrows(IllegalStateException.class, () -> read("", two));
  }

  @Test
  void typesAreKnownOrFail() {
    var model =
        read(
            "",
            """
            "E": {"type": "string", "enum": ["a", "b"]}, "I": {"type": "integer"},
            "J": {"type": "long"}, "B": {"type": "boolean"},
            "M": {"type": "map", "key": {"shape": "E"}, "value": {"shape": "I"}},
            "S": {"type": "structure", "eventstream": true, "members": {}}
            """);
    assertEquals(
        List.of(
            new ServiceModel.Enumeration(List.of("a", "b")),
            Scalar.INT32,
            Scalar.INT64,
            Scalar.BOOL,
            new ServiceModel.MapShape("I"),
            Scalar.STREAM),
        List.copyOf(model.shapes().values()));
    assertThrows(IllegalStateException.class, () -> read("", "\"D\": {\"type\": \"double\"}"));
  }

  @Test
  void anUnknownLocationAndAnUnknownShapeFail() {
    assertThrows(
        IllegalStateException.class,
        () -> members("\"members\": {\"T\": {\"shape\": \"Text\", \"location\": \"trailer\"}}"));
    assertThrows(
        IllegalStateException.class, () -> members("\"members\": {\"T\": {\"shape\": \"Gone\"}}"));
  }

  private static ServiceModel ofForms(String operations, String shapes) {
    return read("\"protocol\": \"query\", \"xmlNamespace\": \"urn:q\"", operations, shapes);
  }

  @Test
  void aServiceOfFormsHasItsNamespaceAndItsErrorsApart() {
    var model =
        ofForms(
            "",
            """
            "Gone": {"type": "structure", "members": {}, "exception": true,
              "error": {"code": "NoSuchThing", "httpStatusCode": 404, "senderFault": true}},
            "Broken": {"type": "structure", "members": {}, "exception": true,
              "error": {"code": "Broken", "httpStatusCode": 500}},
            "Plain": {"type": "structure", "members": {}, "exception": true}
            """);
    assertEquals("urn:q", model.service().namespace());
    assertEquals(ServiceModel.Protocol.QUERY, model.service().protocol());
    assertEquals("io.coffer.model.test", model.service().packageName());
    assertEquals(Map.of(), model.shapes());
    assertEquals(
        List.of(
            new ServiceModel.Failure("NoSuchThing", 404, true),
            new ServiceModel.Failure("Broken", 500, false),
            new ServiceModel.Failure("Plain", 400, true)),
        model.failures());
  }

  @Test
  void anOperationOfFormsNamesItsResultAndMayGoUnsigned() {
    var model =
        ofForms(
            """
            "Ask": {"http": {"method": "POST", "requestUri": "/"},
              "output": {"shape": "AskResponse", "resultWrapper": "AskResult"}},
            "Tell": {"http": {"method": "POST", "requestUri": "/"}, "authtype": "none"}
            """,
            "\"AskResponse\": {\"type\": \"structure\", \"members\": {}}");
    var ask = model.operations().get(0);
    assertEquals("AskResult", ask.result());
    assertTrue(ask.signed());
    var tell = model.operations().get(1);
    assertEquals(null, tell.result());
    assertFalse(tell.signed());
    assertEquals("TellResponse", tell.output());
  }

  @Test
  void whatFormsDemandOfValuesIsReadWithTheirItems() {
    var shapes =
        """
        "Name": {"type": "string", "min": 1, "max": 64, "pattern": "[a-z]+"},
        "Names": {"type": "list", "member": {"shape": "Name"}, "max": 50},
        "Any": {"type": "string"},
        "S": {"type": "structure", "members": {
          "N": {"shape": "Name"}, "A": {"shape": "Any"}, "L": {"shape": "Names"}}}
        """;
    var name = new ServiceModel.Constraints(1L, 64L, "[a-z]+", null);
    var members = ofForms("", shapes).structure("S").members();
    assertEquals(name, members.get(0).constraints());
    assertEquals(null, members.get(1).constraints());
    assertEquals(new ServiceModel.Constraints(null, 50L, null, name), members.get(2).constraints());
    assertEquals(null, read("", shapes).structure("S").members().get(0).constraints());
  }

  @Test
  void aPatternThatJavaCannotReadFails() {
    var shapes =
        """
        "Bad": {"type": "string", "pattern": "[a"},
        "S": {"type": "structure", "members": {"B": {"shape": "Bad"}}}
        """;
    assertThrows(PatternSyntaxException.class, () -> ofForms("", shapes));
  }

  @Test
  void anotherProtocolFails() {
    assertThrows(IllegalStateException.class, () -> read("\"protocol\": \"json\"", "", ""));
  }
}
