package io.coffer.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Reads AWS's service models and writes the sources of the model module. */
public final class Main {
  private static final JsonMapper JSON = new JsonMapper();

  private Main() {}

  /**
   * Takes three arguments: the directory of the models, where each service has a file {@code
   * NAME-VERSION.json} and may have {@code NAME-overlay.json}; that version; and the directory of
   * sources to write, where each service has a package of its own.
   *
   * @throws IllegalArgumentException for any other number of arguments, or if there are no models
   * @throws IllegalStateException if model and overlay do not fit, with what is wrong
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: MODELS VERSION DIRECTORY");
    }
    for (var model : models(Path.of(args[0]), args[1])) {
      Sources.of(model).writeTo(Path.of(args[2]));
    }
  }

  /** All models of that version, by name. */
  static List<ServiceModel> models(Path directory, String version) throws IOException {
    var ending = "-" + version + ".json";
    var models = new ArrayList<ServiceModel>();
    try (var files = Files.list(directory)) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(ending)) {
          models.add(model(name.substring(0, name.length() - ending.length()), file));
        }
      }
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException(directory + " has no models of the version " + version);
    }
    return models;
  }

  private static ServiceModel model(String name, Path botocore) {
    var byHand = botocore.resolveSibling(name + "-overlay.json");
    var overlay = Files.exists(byHand) ? Overlay.read(JSON.readTree(byHand)) : Overlay.NONE;
    var model = overlay.applyTo(new BotocoreReader(name, JSON.readTree(botocore)).read());
    return model.service().protocol() == ServiceModel.Protocol.REST_XML
        ? Routes.tellApart(model, overlay.sameAs())
        : model;
  }
}
