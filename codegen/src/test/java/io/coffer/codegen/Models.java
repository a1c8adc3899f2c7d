package io.coffer.codegen;

import io.coffer.codegen.ServiceModel.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small models, written by hand. */
final class Models {
  static final ServiceModel.Service SERVICE =
      new ServiceModel.Service(
          "test", "The Test", ServiceModel.Protocol.REST_XML, "2026-01-01", "urn:test");

  private Models() {}

  static ServiceModel of(ServiceModel.Operation... operations) {
    var shapes = new LinkedHashMap<String, ServiceModel.Shape>();
    shapes.put("Nothing", new ServiceModel.Structure(List.of(), null, false));
    shapes.put("Source", ServiceModel.Scalar.TEXT);
    shapes.put(
        "FromSource",
        new ServiceModel.Structure(
            List.of(member("CopySource", Location.HEADER, "x-amz-copy-source")), null, false));
    shapes.put(
        "Answer",
        new ServiceModel.Structure(
            List.of(member("Source", Location.ELEMENT, "Source")), null, false));
    return new ServiceModel(SERVICE, List.of(operations), shapes, List.of());
  }

  static ServiceModel.Member member(String name, Location location, String wireName) {
    return new ServiceModel.Member(
        name, "Source", location, wireName, true, false, false, false, null, null);
  }

  static ServiceModel.Operation put(String name, String input) {
    return operation(name, input, "Nothing", Map.of(), false);
  }

  static ServiceModel.Operation operation(
      String name, String input, String output, Map<String, String> query, boolean deprecated) {
    return new ServiceModel.Operation(
        name,
        new ServiceModel.Route("PUT", ServiceModel.Target.OBJECT, query, List.of()),
        200,
        input,
        output,
        null,
        true,
        false,
        deprecated);
  }
}
