package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives orders to the server that has a data directory, through its {@link ControlSocket}. */
final class ControlClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path dataDirectory;

  ControlClient(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /**
   * Gives one order and waits for its end, however long that takes.
   *
   * @param request an object with the order's name as {@code command}
   * @param progress takes sentences
   * @return the answer
   * @throws UsageException with what the server says against it, or because it cannot be reached
   */
  JsonNode ask(JsonNode request, Consumer<String> progress) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      var socket = ControlPlace.of(dataDirectory).find();
      if (socket.isEmpty()) {
        throw unreachable("it has no control socket", null);
      }
      channel.connect(UnixDomainSocketAddress.of(socket.get()));
      var order = UTF_8.encode(JSON.writeValueAsString(request) + "\n");
      while (order.hasRemaining()) {
        channel.write(order);
      }
      return answer(new BufferedReader(Channels.newReader(channel, UTF_8)), progress);
    } catch (IOException e) {
      throw unreachable(Messages.of(e), e);
    }
  }

  private JsonNode answer(BufferedReader lines, Consumer<String> progress) throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode said;
      try {
        said = JSON.readTree(line);
      } catch (JacksonException e) {
        break;
      }
      if (said.has("answer")) {
        return said.path("answer");
      }
      if (said.has("error")) {
        throw UsageException.failed(said.path("error").asString("The server refuses."));
      }
      progress.accept(said.path("progress").asString(""));
    }
    throw UsageException.failed(
        "The server of %s ended before it answered; see its log.".formatted(dataDirectory));
  }

  private UsageException unreachable(String reason, @Nullable Exception cause) {
    var message =
        "A server has %s, but cannot be asked (%s); ask as the user who runs it, or stop it first."
            .formatted(dataDirectory, reason);
    return cause == null ? UsageException.failed(message) : UsageException.failed(message, cause);
  }
}
