package io.coffer.server;

import io.coffer.service.Service;
import io.coffer.storage.Storage;
import io.coffer.storage.files.FilesStorage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a running server does for the {@code coffer} command: the table of its orders. */
final class ServerOrders {
  static final String SNAPSHOT_CREATE = "snapshot-create";
  static final String SNAPSHOT_DELETE = "snapshot-delete";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String NAME = "name";

  private ServerOrders() {}

  /** Takes orders from now on; not for a store in memory, nor where there can be no socket. */
  static Optional<ControlSocket> listen(
      @Nullable Path directory, Storage storage, Service service, SealKeys sealKeys) {
    if (directory == null || !(storage instanceof FilesStorage files)) {
      return Optional.empty();
    }
    try {
      var commands = new HashMap<>(commands(files, sealKeys));
      commands.putAll(ofStore(service, sealKeys));
      return Optional.of(ControlSocket.open(ControlPlace.of(directory), commands, PATIENCE));
    } catch (IOException | UnsupportedOperationException e) {
      System.getLogger(ServerOrders.class.getName())
          .log(
              Level.WARNING,
              "There is no control socket, so that snapshots can be made, and accounts and keys"
                  + " changed, only while the server is stopped: {0}",
              Messages.of(e));
      return Optional.empty();
    }
  }

  /** Those for which no server need run. */
  static Map<String, ControlCommand> ofStore(Service service, SealKeys sealKeys) {
    var commands = new HashMap<>(AccountOrders.commands(service, sealKeys));
    var explaining = new Explaining(service);
    commands.put(Explaining.ORDER, (request, progress) -> explaining.tell(request));
    return commands;
  }

  private static Map<String, ControlCommand> commands(FilesStorage storage, SealKeys sealKeys) {
    return Map.of(
        SNAPSHOT_CREATE,
        (request, progress) ->
            SnapshotCommand.told(
                () -> {
                  sealKeys.whileTheyStay(
                      () -> storage.snapshot(name(request), Instant.now(), progress));
                  return JsonNodeFactory.instance.objectNode();
                }),
        SNAPSHOT_DELETE,
        (request, progress) ->
            SnapshotCommand.told(
                () -> {
                  storage.snapshots().delete(name(request));
                  return JsonNodeFactory.instance.objectNode();
                }));
  }

  /** An order that is about one snapshot. */
  static ObjectNode order(String command, String snapshot) {
    return JsonNodeFactory.instance.objectNode().put("command", command).put(NAME, snapshot);
  }

  private static String name(JsonNode request) {
    return request.path(NAME).asString("");
  }
}
