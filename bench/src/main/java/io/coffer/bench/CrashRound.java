package io.coffer.bench;

import java.util.List;

/**
 * What came of one round.
 *
 * @param acknowledged requests that were answered
 * @param unanswered requests that the kill left open
 * @param killedMillis after the load began
 * @param killedAgainMillis after the next start began; -1 when it was left to come up
 * @param readyMillis from the last start until requests are answered, launcher and JVM included
 * @param verified objects that were read byte by byte
 * @param losses what the server had and should not, or should have and had not
 */
record CrashRound(
    int number,
    long acknowledged,
    long unanswered,
    long killedMillis,
    long killedAgainMillis,
    long readyMillis,
    long verified,
    List<String> losses) {
  @Override
  public String toString() {
    return ("round %d: %,d acknowledged, %d open; killed after %,d ms%s; ready in %,d ms;"
            + " %,d objects read; %s")
        .formatted(
            number,
            acknowledged,
            unanswered,
            killedMillis,
            killedAgainMillis < 0
                ? ""
                : ", again %,d ms into the start".formatted(killedAgainMillis),
            readyMillis,
            verified,
            losses.isEmpty() ? "nothing lost" : losses.size() + " LOST");
  }
}
