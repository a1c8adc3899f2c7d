package io.coffer.codegen;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Reads AWS's service model and writes the sources of the model module. */
public final class Main {
  private Main() {}

  /**
   * Takes three arguments: the model's JSON file, the overlay's, and the directory of sources to
   * write.
   *
   * @throws IllegalArgumentException for any other number of arguments
   * @throws IllegalStateException if model and overlay do not fit, with what is wrong
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: MODEL.json OVERLAY.json DIRECTORY");
    }
    var model = model(Path.of(args[0]), Path.of(args[1]));
    Sources.of(model).writeTo(Path.of(args[2]));
  }

  static ServiceModel model(Path botocore, Path overlay) {
    var json = new JsonMapper();
    var byHand = Overlay.read(json.readTree(overlay));
    var model = byHand.applyTo(new BotocoreReader(json.readTree(botocore)).read());
    return Routes.tellApart(model, byHand.sameAs());
  }
}
