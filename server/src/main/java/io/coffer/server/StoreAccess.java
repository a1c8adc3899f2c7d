package io.coffer.server;

import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.service.identity.WrongSealKey;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.DirectoryInUse;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Gives an order to whoever has a data directory: the server that runs, or else this process, which
 * then does what the server would.
 */
final class StoreAccess {
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param environment of the process: the seal key may be in it
   */
  StoreAccess(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /**
   * Has an order of {@link ServerOrders#ofStore} done.
   *
   * @param order an object with the order's name as {@code command}
   * @throws UsageException it cannot be done; the message says what to do
   */
  JsonNode ask(JsonNode order) {
    if (!Files.isRegularFile(directory.resolve("coffer.properties"))) {
      throw UsageException.failed(
          directory + " is no data directory of Coffer: it has no coffer.properties.");
    }
    var settings = FilesSettings.defaults().withReserveBytes(0);
    try (var storage = FilesStorage.open(directory, settings)) {
      return run(order, storage);
    } catch (DirectoryInUse e) {
      return new ControlClient(directory).ask(order, text -> {});
    } catch (DirectoryUnusable e) {
      throw UsageException.failed(String.valueOf(e.getMessage()), e);
    } catch (StorageException e) {
      throw UsageException.failed("That cannot be done, because " + Messages.of(e) + ".", e);
    }
  }

  private JsonNode run(JsonNode order, FilesStorage storage) {
    var source = SealKeySource.read(SettingValues.of(Map.of(), environment, null));
    var sealKeys = SealKeys.of(directory, source, storage);
    var settings = new ServiceSettings(Setting.REGION.defaultValue()).withKeys(sealKeys.ring());
    try (var service = new Service(storage, Environment.system(), settings)) {
      var name = order.path("command").asString("");
      var command = Objects.requireNonNull(ServerOrders.ofStore(service, sealKeys).get(name));
      return command.run(order, text -> {});
    } catch (WrongSealKey e) {
      throw SealKeys.wrong(e);
    }
  }
}
