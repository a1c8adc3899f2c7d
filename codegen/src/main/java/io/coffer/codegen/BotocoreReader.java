package io.coffer.codegen;

import io.coffer.codegen.ServiceModel.Location;
import io.coffer.codegen.ServiceModel.Protocol;
import io.coffer.codegen.ServiceModel.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON that botocore ships ({@code service-2.json}, protocols rest-xml and query). What
 * it does not know (a protocol, a type, a location, a second namespace) fails with its name.
 */
final class BotocoreReader {
  private final String name;
  private final JsonNode source;
  private final Protocol protocol;
  private final Map<String, ServiceModel.Shape> shapes = new LinkedHashMap<>();
  private final Map<String, String> roots = new HashMap<>();
  private final List<ServiceModel.Failure> failures = new ArrayList<>();
  private @Nullable String namespace;

  /** Reads the model of a service that is to be called {@code name} in Java. */
  BotocoreReader(String name, JsonNode source) {
    this.name = name;
    this.source = source;
    var metadata = source.get("metadata");
    namespace = text(metadata, "xmlNamespace");
    var protocolName = metadata.get("protocol").asString();
    protocol =
        switch (protocolName) {
          case "rest-xml" -> Protocol.REST_XML;
          case "query" -> Protocol.QUERY;
          default -> throw new IllegalStateException("the unknown protocol " + protocolName);
        };
  }

  /**
   * @throws IllegalStateException for what this reader does not know
   */
  ServiceModel read() {
    findRoots();
    for (var entry : source.get("shapes").properties()) {
      if (protocol == Protocol.QUERY && flag(entry.getValue(), "exception")) {
        failures.add(failure(entry.getKey(), entry.getValue()));
      } else {
        shapes.put(entry.getKey(), shape(entry.getKey(), entry.getValue()));
      }
    }
    var operations = new ArrayList<ServiceModel.Operation>();
    for (var entry : source.get("operations").properties()) {
      operations.add(operation(entry.getKey(), entry.getValue()));
    }
    var metadata = source.get("metadata");
    var service =
        new ServiceModel.Service(
            name,
            metadata.get("serviceFullName").asString(),
            protocol,
            metadata.get("apiVersion").asString(),
            namespace == null ? "" : namespace);
    return new ServiceModel(service, operations, shapes, failures);
  }

  /** Without an error trait the code is the shape's name, and the fault the client's. */
  private static ServiceModel.Failure failure(String shape, JsonNode node) {
    var error = node.get("error");
    return error == null
        ? new ServiceModel.Failure(shape, 400, true)
        : new ServiceModel.Failure(
            error.get("code").asString(),
            error.get("httpStatusCode").asInt(),
            flag(error, "senderFault"));
  }

  /**
   * A structure that is a whole body has the name of the member that it is, or the one that the
   * operation gives to its input.
   */
  private void findRoots() {
    for (var shape : source.get("shapes")) {
      var payload = text(shape, "payload");
      if (payload != null) {
        var member = shape.get("members").get(payload);
        root(member, payload);
      }
    }
    for (var operation : source.get("operations")) {
      var input = operation.get("input");
      if (input != null && input.has("locationName")) {
        root(input, input.get("locationName").asString());
      }
    }
  }

  private void root(JsonNode reference, String otherwise) {
    var shape = reference.get("shape").asString();
    var name = reference.has("locationName") ? text(reference, "locationName") : otherwise;
    var before = roots.putIfAbsent(shape, name);
    if (before != null && !before.equals(name)) {
      throw new IllegalStateException(
          shape + " has the root names " + before + " and " + name + ": this needs two shapes");
    }
    if (reference.has("xmlNamespace")) {
      var uri = reference.get("xmlNamespace").get("uri").asString();
      if (namespace != null && !namespace.equals(uri)) {
        throw new IllegalStateException(shape + " is in a second namespace, " + uri);
      }
      namespace = uri;
    }
  }

  private ServiceModel.Operation operation(String name, JsonNode node) {
    var http = node.get("http");
    var uri = http.get("requestUri").asString();
    int mark = uri.indexOf('?');
    var path = mark < 0 ? uri : uri.substring(0, mark);
    var input = node.has("input") ? node.get("input").get("shape").asString() : empty(name, true);
    var output =
        node.has("output") ? node.get("output").get("shape").asString() : empty(name, false);
    var route =
        new ServiceModel.Route(
            http.get("method").asString(),
            path.contains("{Key")
                ? ServiceModel.Target.OBJECT
                : path.contains("{Bucket")
                    ? ServiceModel.Target.BUCKET
                    : ServiceModel.Target.SERVICE,
            query(mark < 0 ? "" : uri.substring(mark + 1), input),
            List.of());
    var checksum = node.get("httpChecksum");
    return new ServiceModel.Operation(
        name,
        route,
        http.has("responseCode") ? http.get("responseCode").asInt() : 200,
        input,
        output,
        node.has("output") ? text(node.get("output"), "resultWrapper") : null,
        !"none".equals(text(node, "authtype")),
        checksum != null && flag(checksum, "requestChecksumRequired"),
        flag(node, "deprecated"));
  }

  /** What the query must have: the parameters of the path, and the members that are demanded. */
  private Map<String, String> query(String literal, String input) {
    var query = new LinkedHashMap<String, String>();
    for (var pair : literal.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    query.remove("");
    query.remove("x-id"); // a hint of the SDKs, never a condition
    if (shapes.get(input) instanceof ServiceModel.Structure structure) {
      structure.members().stream()
          .filter(m -> m.location() == Location.QUERY && m.required())
          .forEach(m -> query.putIfAbsent(m.wireName(), ""));
    }
    return query;
  }

  private String empty(String operation, boolean input) {
    var output = protocol == Protocol.QUERY ? "Response" : "Output";
    var name = operation + (input ? "Request" : output);
    var before = shapes.put(name, new ServiceModel.Structure(List.of(), null, false));
    if (before != null) {
      throw new IllegalStateException(
          operation + " has no " + (input ? "input" : "output") + ", but the model has " + name);
    }
    return name;
  }

  private ServiceModel.Shape shape(String name, JsonNode node) {
    return switch (node.get("type").asString()) {
      case "string" ->
          node.has("enum") ? new ServiceModel.Enumeration(words(node.get("enum"))) : Scalar.TEXT;
      case "integer" -> Scalar.INT32;
      case "long" -> Scalar.INT64;
      case "boolean" -> Scalar.BOOL;
      case "timestamp" -> Scalar.TIMESTAMP;
      case "blob" -> Scalar.BINARY;
      case "map" -> new ServiceModel.MapShape(node.get("value").get("shape").asString());
      case "list" -> list(node);
      case "structure" -> flag(node, "eventstream") ? Scalar.STREAM : structure(name, node);
      default ->
          throw new IllegalStateException(
              name + " has the unknown type " + node.get("type").asString());
    };
  }

  private static ServiceModel.ListShape list(JsonNode node) {
    var member = node.get("member");
    var itemName = text(member, "locationName");
    return new ServiceModel.ListShape(
        member.get("shape").asString(),
        itemName == null ? "member" : itemName,
        flag(node, "flattened"));
  }

  private ServiceModel.Structure structure(String name, JsonNode node) {
    var required = Set.copyOf(words(node.get("required")));
    var payload = text(node, "payload");
    var members = new ArrayList<ServiceModel.Member>();
    for (var entry : node.get("members").properties()) {
      var member = entry.getKey();
      members.add(
          member(member, entry.getValue(), required.contains(member), member.equals(payload)));
    }
    members.sort(Comparator.comparing(this::isList)); // as AWS does: scalars, then lists
    return new ServiceModel.Structure(members, roots.get(name), false);
  }

  private boolean isList(ServiceModel.Member member) {
    return source.get("shapes").get(member.shape()).get("type").asString().equals("list");
  }

  private ServiceModel.Member member(
      String name, JsonNode node, boolean required, boolean payload) {
    var shapeName = node.get("shape").asString();
    var shape = source.get("shapes").get(shapeName);
    if (shape == null) {
      throw new IllegalStateException(name + " is of the unknown shape " + shapeName);
    }
    boolean flattened = flag(node, "flattened") || flag(shape, "flattened");
    var wireName = text(node, "locationName");
    if (wireName == null) {
      var item = flattened ? text(shape.get("member"), "locationName") : null;
      wireName = item == null ? name : item;
    }
    boolean streaming = flag(node, "streaming") || flag(shape, "streaming");
    boolean blobPayload = payload && shape.get("type").asString().equals("blob");
    var format = text(node, "timestampFormat");
    return new ServiceModel.Member(
        name,
        shapeName,
        location(name, node, payload),
        wireName,
        required,
        flattened,
        streaming || blobPayload,
        flag(shape, "sensitive"),
        format == null ? text(shape, "timestampFormat") : format,
        protocol == Protocol.QUERY ? ConstraintsReader.of(shape, source.get("shapes")) : null);
  }

  private static Location location(String name, JsonNode node, boolean payload) {
    var location = text(node, "location");
    if (location == null) {
      return payload
          ? Location.PAYLOAD
          : flag(node, "xmlAttribute") ? Location.ATTRIBUTE : Location.ELEMENT;
    }
    return switch (location) {
      case "uri" -> Location.LABEL;
      case "querystring" -> Location.QUERY;
      case "header" -> Location.HEADER;
      case "headers" -> Location.HEADER_PREFIX;
      case "statusCode" -> Location.STATUS;
      default -> throw new IllegalStateException(name + " has the unknown location " + location);
    };
  }

  private static List<String> words(@Nullable JsonNode array) {
    var words = new ArrayList<String>();
    if (array != null) {
      array.forEach(word -> words.add(word.asString()));
    }
    return words;
  }

  private static boolean flag(JsonNode node, String name) {
    return node.has(name) && node.get(name).asBoolean();
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.has(name) ? node.get(name).asString() : null;
  }
}
