package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * What comes over a connection: a byte that chooses how it is cut into pieces, then requests one
 * after the other. However they come, they are the same requests, and nothing in what is accepted
 * could be read in two ways.
 */
public final class HeadFuzz {
  private static final int MAX_HEAD = 8_192;
  private static final HeadChecks CHECKS = new HeadChecks(MAX_HEAD);

  private final RequestDecoder decoder = new RequestDecoder(MAX_HEAD, 64 << 10);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);
  private final List<String> requests = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean ended;

  private HeadFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    var whole = new HeadFuzz().read(input, new int[0]);
    var cuts = new Random(input[0]).ints(6, 1, input.length + 1).sorted().toArray();
    assertEquals(whole, new HeadFuzz().read(input, cuts));
    if (input.length < 600) {
      var each = new int[input.length];
      Arrays.setAll(each, i -> i + 1);
      assertEquals(whole, new HeadFuzz().read(input, each));
    }
  }

  /** The requests, and at last what was refused. */
  private List<String> read(byte[] input, int[] cuts) throws Exception {
    int from = 1;
    for (int cut : cuts) {
      send(input, from, cut);
      from = cut;
    }
    send(input, from, input.length);
    channel.finishAndReleaseAll();
    return requests;
  }

  private void send(byte[] input, int from, int to) throws Exception {
    if (to > from && !ended) {
      channel.writeInbound(Unpooled.copiedBuffer(input, from, to - from));
      take();
    }
  }

  private void take() throws Exception {
    for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
      if (!ended) {
        accept(message);
      }
      ReferenceCountUtil.release(message);
    }
  }

  private void accept(Object message) throws Exception {
    switch (message) {
      case Refusal refusal -> end(refusal.status());
      case HttpRequest request -> {
        try {
          accepted(CHECKS.check(request));
        } catch (RefusedException e) {
          end(e.refusal().status());
        }
      }
      case LastHttpContent last when last.decoderResult().isFailure() -> end(400);
      case LastHttpContent last -> {
        add(last.content());
        requests.add(
            "body " + HexFormat.of().formatHex(body.toByteArray()) + last.trailingHeaders());
        body.reset();
        decoder.resume(channel.pipeline().context(decoder));
      }
      case HttpContent content when content.decoderResult().isFailure() -> end(400);
      case HttpContent content -> add(content.content());
      default -> throw new AssertionError(message);
    }
  }

  private void add(ByteBuf content) {
    var bytes = new byte[content.readableBytes()];
    content.getBytes(content.readerIndex(), bytes);
    body.writeBytes(bytes);
  }

  private void end(int status) {
    assertTrue((status >= 400 && status < 500) || status == 505, () -> "" + status);
    ended = true;
    decoder.discard();
    requests.add("refused " + status);
  }

  private void accepted(AcceptedHead accepted) {
    var head = accepted.head();
    var headers = head.headers();
    assertTrue(head.method().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), head::method);
    assertTrue(head.path().matches("/[!-~]*") && head.path().indexOf('?') < 0, head::path);
    assertTrue(head.query().matches("[!-~]*"), head::query);
    assertTrue(headers.all("Host").size() == 1 || !accepted.http11());
    assertTrue(headers.all("Content-Length").size() <= 1);
    assertEquals(accepted.bodyLength() < 0, headers.contains("Transfer-Encoding"));
    assertTrue(accepted.bodyLength() >= 0 || !headers.contains("Content-Length"));
    for (var field : headers.fields()) {
      assertTrue(field.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), field::name);
      assertTrue(field.value().chars().allMatch(HeadFuzz::isOfValue), field::toString);
    }
    requests.add(accepted.toString());
  }

  private static boolean isOfValue(int c) {
    return c == '\t' || (c >= ' ' && c != 0x7F);
  }
}
