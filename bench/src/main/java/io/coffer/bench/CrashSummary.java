package io.coffer.bench;

import java.util.List;

/** The figures of all rounds of a trial in which nothing was lost. */
record CrashSummary(
    int rounds,
    long kills,
    long acknowledged,
    long unanswered,
    long verified,
    long medianReadyMillis,
    long longestReadyMillis) {

  static CrashSummary of(List<CrashRound> rounds) {
    var ready = rounds.stream().map(CrashRound::readyMillis).sorted().toList();
    return new CrashSummary(
        rounds.size(),
        rounds.size() + rounds.stream().filter(r -> r.killedAgainMillis() >= 0).count(),
        rounds.stream().mapToLong(CrashRound::acknowledged).sum(),
        rounds.stream().mapToLong(CrashRound::unanswered).sum(),
        rounds.stream().mapToLong(CrashRound::verified).sum(),
        ready.isEmpty() ? 0 : ready.get(ready.size() / 2),
        ready.isEmpty() ? 0 : ready.getLast());
  }

  @Override
  public String toString() {
    return ("%nNothing lost: %d rounds, %d kills, %,d requests acknowledged, %,d left open,"
            + " %,d objects read back; ready again in %,d ms (median), %,d ms at most; no file"
            + " without an object.")
        .formatted(
            rounds,
            kills,
            acknowledged,
            unanswered,
            verified,
            medianReadyMillis,
            longestReadyMillis);
  }
}
