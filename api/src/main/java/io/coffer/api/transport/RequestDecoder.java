package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Netty's decoder, made strict where it is lenient, and stopped after each request until the answer
 * is written, so that a client that sends requests ahead makes the server hold bytes and not
 * requests. Runs on the event loop. Emits a {@link Refusal} for what Netty would let pass.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** How much framing a chunked body may have that its content does not explain. */
  private static final int MAX_EXCESS_FRAMING = 16 * 1024;

  /** Framing that each run of content explains: size in hexadecimal, CR LF, CR LF. */
  private static final int FRAMING_OF_A_CHUNK = 16;

  /** Where a request stands. */
  private enum Phase {
    HEAD,
    BODY,
    /** Between the last byte of a request and the end of its answer. */
    PAUSED,
    /** Whatever comes is dropped: the connection will close. */
    DISCARDING
  }

  private final FoldingScan folding = new FoldingScan();
  private final int maxHeldBytes;
  private Phase phase = Phase.HEAD;
  private long excessFraming;

  /**
   * @param maxHeadBytes bounds the request line, and separately the header section; their sum is
   *     checked when both are known
   * @param maxHeldBytes how many bytes of later requests are held while one is answered
   */
  RequestDecoder(int maxHeadBytes, int maxHeldBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeadBytes)
            .setMaxHeaderSize(maxHeadBytes)
            .setMaxChunkSize(64 * 1024)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
    this.maxHeldBytes = maxHeldBytes;
  }

  /** Whether the first bytes of a head, but not all, have come. */
  boolean insideHead() {
    return phase == Phase.HEAD && folding.begun();
  }

  /** Whether later requests were dropped; the connection cannot be used any more. */
  boolean discarding() {
    return phase == Phase.DISCARDING;
  }

  /** From now on drops what comes. */
  void discard() {
    phase = Phase.DISCARDING;
  }

  /** Decodes the next request; what of it has come already is emitted before this returns. */
  void resume(ChannelHandlerContext context) throws Exception {
    if (phase == Phase.PAUSED) {
      phase = Phase.HEAD;
      folding.reset();
      excessFraming = 0;
      if (actualReadableBytes() > 0) {
        channelRead(context, Unpooled.EMPTY_BUFFER);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    // With epoll, what a client sent before it closed is read to its end though nobody asked.
    if (phase == Phase.PAUSED
        && message instanceof ByteBuf bytes
        && actualReadableBytes() + bytes.readableBytes() > maxHeldBytes) {
      discard();
    }
    super.channelRead(context, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (phase == Phase.PAUSED) {
      // Netty's would read on, since nothing was decoded.
      context.fireChannelReadComplete();
    } else {
      super.channelReadComplete(context);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    switch (phase) {
      case PAUSED -> {}
      case DISCARDING -> buffer.skipBytes(buffer.readableBytes());
      case HEAD -> decodeHead(context, buffer, out);
      case BODY -> decodeBody(context, buffer, out);
    }
  }

  private void decodeHead(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (folding.finds(buffer)) {
      discard();
      buffer.skipBytes(buffer.readableBytes());
      out.add(Refusal.badRequest("A header field is folded onto several lines."));
      return;
    }
    int start = buffer.readerIndex();
    int before = out.size();
    super.decode(context, buffer, out);
    folding.consumed(buffer.readerIndex() - start);
    for (int i = before; i < out.size(); i++) {
      if (out.get(i) instanceof HttpRequest) {
        phase = Phase.BODY;
      }
      if (out.get(i) instanceof LastHttpContent) {
        phase = Phase.PAUSED;
      }
    }
  }

  private void decodeBody(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    int start = buffer.readerIndex();
    int before = out.size();
    super.decode(context, buffer, out);
    int content = 0;
    for (int i = before; i < out.size(); i++) {
      if (out.get(i) instanceof HttpContent piece) {
        content += piece.content().readableBytes();
      }
      if (out.get(i) instanceof LastHttpContent) {
        phase = Phase.PAUSED;
      }
    }
    int framing = buffer.readerIndex() - start - content;
    long explained = content == 0 ? 0 : FRAMING_OF_A_CHUNK + 2L * content;
    excessFraming = Math.max(0, excessFraming + framing - explained);
    if (phase == Phase.BODY && excessFraming > MAX_EXCESS_FRAMING) {
      discard();
      buffer.skipBytes(buffer.readableBytes());
      var end = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      end.setDecoderResult(
          DecoderResult.failure(new IllegalArgumentException("too many bytes between chunks")));
      out.add(end);
    }
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    if (start != 0) {
      throw new IllegalArgumentException("white space before the method");
    }
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    // Netty takes any run of SP, HT, VT, FF and CR for the one SP of RFC 9112 §3.
    if (!separated(line, start) || !separated(line, start + length + 1)) {
      throw new IllegalArgumentException("the request line is not three words with one space each");
    }
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    var version = super.splitThirdWordInitialLine(line, start, length);
    if (!version.startsWith("HTTP/")) {
      // Netty takes it in lower case as well; the name is case-sensitive (RFC 9112 §2.3).
      throw new IllegalArgumentException("the protocol is not HTTP");
    }
    return version;
  }

  private static boolean separated(byte[] line, int wordStart) {
    return wordStart > 1
        && wordStart < line.length
        && line[wordStart - 1] == ' '
        && line[wordStart - 2] > ' '
        && line[wordStart] > ' ';
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    discard();
    super.channelInactive(context);
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf buffer, List<Object> out) {
    // Half a request is nothing; the connection handler knows that the input has ended.
  }
}
