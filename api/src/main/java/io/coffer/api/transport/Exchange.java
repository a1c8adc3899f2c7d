package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Used by one virtual thread. */
public interface Exchange {
  RequestHead head();

  /** The address of the peer of the connection, or what a trusted proxy said by PROXY protocol. */
  InetSocketAddress remote();

  /** Whether the connection is TLS. */
  boolean secure();

  /** Its version, such as {@code TLSv1.3}; null for a connection in the clear. */
  @Nullable String tlsVersion();

  /**
   * The body as HTTP delimits it: by Content-Length (then its length is known) or by chunks (length
   * -1, trailers after the end). Its first {@link Body#next} answers {@code Expect: 100-continue}.
   */
  Body body();

  /**
   * Answers; to be called once. Blocks while the peer is slow to read. A body of unknown length is
   * chunked, and each of its views is sent at once. What is unread of the request is drained if it
   * is little, else the connection closes after the answer. For HEAD, 204 and 304 no byte of the
   * body is sent; {@code headers} may then have a Content-Length of its own. Closes the body, come
   * what may.
   *
   * @param headers without Transfer-Encoding; {@code Connection: close} closes the connection;
   *     control characters in values become blanks
   * @throws IOException the peer went away
   * @throws io.coffer.model.S3Exception or any other from the body. If nothing was sent yet (the
   *     body failed at its first view, or has at most 16 KiB), another answer may be given; else
   *     the answer breaks off, and the connection is reset
   * @throws IllegalStateException if an answer was begun already, or the body does not have the
   *     length that it or the headers announced
   */
  void respond(int status, Headers headers, Body body) throws IOException;
}
