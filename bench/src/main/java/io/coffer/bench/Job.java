package io.coffer.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one connection asks for, request by request. Used by one thread at a time. */
interface Job {
  /** The next request; null when there are no more. Not part of what is timed. */
  @Nullable Request next();

  /** Takes the body of the answer to the last request. */
  default Receiver receiver() {
    return Receiver.NONE;
  }

  /**
   * Says what the answer to the last request brought: keys of a listing, otherwise 1.
   *
   * @throws IOException if it is not the answer that is wanted
   */
  long judge(ResponseHead head) throws IOException;

  /** The last request brought no answer, or not the one that is wanted. */
  default void failed() {}
}
