package io.coffer.api;

import io.coffer.api.transport.Exchange;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request in memory, and what was answered to it. */
final class TestExchange implements Exchange {
  private final RequestHead head;
  private final Body body;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int status;
  private Headers headers = Headers.empty();
  private boolean begun;

  TestExchange(RequestHead head, Body body) {
    this.head = head;
    this.body = body;
  }

  int status() {
    return status;
  }

  String header(String name) {
    return String.valueOf(headers.first(name));
  }

  String text() {
    return content.toString(StandardCharsets.UTF_8);
  }

  /** Whether the answer was given whole. */
  boolean begun() {
    return begun;
  }

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress("127.0.0.1", 50_000);
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public @Nullable String tlsVersion() {
    return null;
  }

  @Override
  public Body body() {
    return body;
  }

  @Override
  public void respond(int code, Headers fields, Body answer) throws IOException {
    if (begun) {
      throw new IllegalStateException("The request was answered already.");
    }
    var first = answer.next();
    begun = true;
    status = code;
    headers = fields;
    for (var piece = first; piece != null; piece = answer.next()) {
      var bytes = new byte[piece.remaining()];
      piece.get(bytes);
      content.writeBytes(bytes);
    }
  }
}
