package io.coffer.codegen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON that botocore ships, and lays the overlay over it. */
final class BotocoreReader {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final JsonNode source;
  private final Overlay overlay;
  private final Map<String, ServiceModel.Shape> shapes = new LinkedHashMap<>();
  private final Map<String, String> payloadRoots = new HashMap<>();

  BotocoreReader(JsonNode source, Overlay overlay) {
    this.source = source;
    this.overlay = overlay;
  }

  ServiceModel read() {
    overlay.check(source);
    findPayloadRoots();
    for (var entry : source.get("shapes").properties()) {
      shapes.put(entry.getKey(), shape(entry.getKey(), entry.getValue()));
    }
    var operations = new ArrayList<ServiceModel.Operation>();
    for (var entry : source.get("operations").properties()) {
      operations.add(operation(entry.getKey(), entry.getValue()));
    }
    return new ServiceModel(NAMESPACE, RequiredHeaders.add(operations, source, overlay), shapes);
  }

  /** A structure that is a whole body has the name of the member that it is. */
  private void findPayloadRoots() {
    for (var shape : source.get("shapes")) {
      var payload = text(shape, "payload");
      if (payload != null) {
        var member = shape.get("members").get(payload);
        var root = member.has("locationName") ? text(member, "locationName") : payload;
        payloadRoots.putIfAbsent(member.get("shape").asString(), root);
      }
    }
  }

  private ServiceModel.Operation operation(String name, JsonNode node) {
    var http = node.get("http");
    var uri = http.get("requestUri").asString();
    int mark = uri.indexOf('?');
    var path = mark < 0 ? uri : uri.substring(0, mark);
    var query = new LinkedHashMap<String, String>();
    if (mark >= 0) {
      for (var pair : uri.substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    query.remove("x-id");
    var input = node.has("input") ? node.get("input").get("shape").asString() : empty(name, true);
    var output =
        node.has("output") ? node.get("output").get("shape").asString() : empty(name, false);
    for (var member : structure(input).members()) {
      if (member.location().equals("QUERY") && member.required()) {
        query.putIfAbsent(member.wireName(), "");
      }
    }
    int modelled = http.has("responseCode") ? http.get("responseCode").asInt() : 200;
    var checksum = node.get("httpChecksum");
    return new ServiceModel.Operation(
        name,
        http.get("method").asString(),
        path.contains("{Key") ? "OBJECT" : path.contains("{Bucket}") ? "BUCKET" : "SERVICE",
        query,
        List.of(),
        overlay.statuses().getOrDefault(name, modelled),
        input,
        output,
        checksum != null && flag(checksum, "requestChecksumRequired"),
        flag(node, "deprecated"));
  }

  private String empty(String operation, boolean input) {
    var name = operation + (input ? "Request" : "Output");
    shapes.put(name, new ServiceModel.Structure(List.of(), null, false));
    return name;
  }

  private ServiceModel.Structure structure(String name) {
    if (shapes.get(name) instanceof ServiceModel.Structure structure) {
      return structure;
    }
    throw new IllegalStateException(name + " is not a structure");
  }

  private ServiceModel.Shape shape(String name, JsonNode node) {
    if (overlay.strings().contains(name)) {
      return new ServiceModel.Scalar("Text");
    }
    return switch (node.get("type").asString()) {
      case "string" ->
          node.has("enum")
              ? new ServiceModel.Enumeration(words(node.get("enum")))
              : new ServiceModel.Scalar("Text");
      case "integer" -> new ServiceModel.Scalar("Int32");
      case "long" -> new ServiceModel.Scalar("Int64");
      case "boolean" -> new ServiceModel.Scalar("Bool");
      case "timestamp" -> new ServiceModel.Scalar("Timestamp");
      case "blob" -> new ServiceModel.Scalar("Binary");
      case "map" -> new ServiceModel.MapShape();
      case "list" -> {
        var member = node.get("member");
        var itemName = member.has("locationName") ? text(member, "locationName") : "member";
        yield new ServiceModel.ListShape(
            member.get("shape").asString(), String.valueOf(itemName), flag(node, "flattened"));
      }
      case "structure" ->
          flag(node, "eventstream") ? new ServiceModel.Scalar("Stream") : readStructure(name, node);
      default -> throw new IllegalStateException(name + " has an unknown type");
    };
  }

  private ServiceModel.Structure readStructure(String name, JsonNode node) {
    Set<String> required = new HashSet<>(words(node.get("required")));
    var payload = text(node, "payload");
    var members = new ArrayList<ServiceModel.Member>();
    for (var entry : node.get("members").properties()) {
      members.add(
          member(
              entry.getKey(),
              entry.getValue(),
              required.contains(entry.getKey()),
              entry.getKey().equals(payload)));
    }
    members.sort(Comparator.comparing(m -> isList(m) ? 1 : 0));
    var root = overlay.rootNames().getOrDefault(name, payloadRoots.get(name));
    return new ServiceModel.Structure(members, root, overlay.bareText().contains(name));
  }

  private boolean isList(ServiceModel.Member member) {
    return source.get("shapes").get(member.shape()).get("type").asString().equals("list");
  }

  private ServiceModel.Member member(
      String name, JsonNode node, boolean required, boolean payload) {
    var shapeName = node.get("shape").asString();
    var shape = source.get("shapes").get(shapeName);
    var location = text(node, "location");
    boolean attribute = flag(node, "xmlAttribute");
    var where =
        location == null
            ? payload ? "PAYLOAD" : attribute ? "ATTRIBUTE" : "ELEMENT"
            : switch (location) {
              case "uri" -> "LABEL";
              case "querystring" -> "QUERY";
              case "header" -> "HEADER";
              case "headers" -> "HEADER_PREFIX";
              case "statusCode" -> "STATUS";
              default -> throw new IllegalStateException(name + " is in " + location);
            };
    var flattened = flag(node, "flattened") || flag(shape, "flattened");
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
        where,
        wireName,
        required,
        flattened,
        streaming || blobPayload,
        format == null ? text(shape, "timestampFormat") : format);
  }

  private static List<String> words(@Nullable JsonNode array) {
    var words = new ArrayList<String>();
    if (array != null) {
      array.forEach(word -> words.add(word.asString()));
    }
    return words;
  }

  static boolean flag(JsonNode node, String name) {
    return node.has(name) && node.get(name).asBoolean();
  }

  static @Nullable String text(JsonNode node, String name) {
    return node.has(name) ? node.get(name).asString() : null;
  }
}
