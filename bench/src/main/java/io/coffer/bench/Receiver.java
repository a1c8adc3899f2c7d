package io.coffer.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the body of an answer, piece by piece. */
@FunctionalInterface
interface Receiver {
  /** Takes nothing: the bytes are read and forgotten. */
  Receiver NONE = bytes -> {};

  /** All remaining bytes; valid during the call. */
  void receive(ByteBuffer bytes) throws IOException;
}
