package io.coffer.api.transport;

/** What a connection is doing, one request after the other. */
enum ConnectionPhase {
  /** TLS is not agreed on yet. */
  HANDSHAKE,
  /** Waits for a head. */
  AWAITING,
  /** A thread handles a request. */
  SERVING,
  /** The answer is out; what is left of the request's body is drained. */
  DRAINING,
  /** The answers are out but the client does not read them; no request is taken meanwhile. */
  BLOCKED,
  /** The last answer is on its way; what still comes is dropped. */
  CLOSING,
  /** The last answer is out and our side closed; the client gets time to read it. */
  LINGERING
}
