package io.coffer.bench;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request of a writer.
 *
 * @param name of the kind, for the tally
 * @param path of the key that it may change
 * @param maxText how much of the answer has to be read as text
 * @param after the state of the key when the request was carried out and nobody said so
 * @param meaning what an answer says about the state
 */
record Step(
    String name, String path, Request request, int maxText, KeyState after, Meaning meaning) {
  /** Reads an answer. */
  @FunctionalInterface
  interface Meaning {
    /** The state of the key, now that this was answered. */
    KeyState of(Answer answer) throws UnexpectedAnswer;
  }

  static void expectStatus(Answer answer, int status) throws UnexpectedAnswer {
    expect("status", status, answer.status(), answer);
  }

  static void expect(String what, @Nullable Object expected, @Nullable Object found, Answer answer)
      throws UnexpectedAnswer {
    if (!Objects.equals(expected, found)) {
      throw new UnexpectedAnswer(
          "expected %s %s, found %s; the answer: %s".formatted(what, expected, found, answer));
    }
  }
}
