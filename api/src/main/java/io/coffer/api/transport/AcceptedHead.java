package io.coffer.api.transport;

import io.coffer.model.RequestHead;
import java.util.List;

/**
 * A head that passed all checks, and what it says about the connection.
 *
 * @param head for the handler
 * @param bodyLength bytes of the body, or -1 when it is chunked
 * @param http11 false for HTTP/1.0
 * @param keepAlive whether the client wants the connection to stay (RFC 9112 §9.3)
 * @param expectsContinue whether the client waits for {@code 100 Continue}
 * @param announcedTrailers lower-case names in {@code Trailer}
 */
record AcceptedHead(
    RequestHead head,
    long bodyLength,
    boolean http11,
    boolean keepAlive,
    boolean expectsContinue,
    List<String> announcedTrailers) {}
